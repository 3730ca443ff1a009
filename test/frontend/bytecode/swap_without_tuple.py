# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(a, b):
    a, b = b, a + b
    return a
# CHECK-LABEL: code f (a, b)
# CHECK-NEXT: Add t0 = a, b
# CHECK-NEXT: Move a = b
# CHECK-NEXT: Move b = t0
# CHECK-NEXT: Return a


def g(a, b):
    a, b = b, a
    return a
# CHECK-LABEL: code g (a, b)
# CHECK-NEXT: Move t0 = a
# CHECK-NEXT: Move a = b
# CHECK-NEXT: Move b = t0
