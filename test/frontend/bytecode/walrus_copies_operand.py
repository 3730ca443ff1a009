# A local that := may change between its evaluation and its use is copied first.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(x):
    return x + (x := 1)
# CHECK-LABEL: code f (x)
# CHECK-NEXT: Move t0 = x
# CHECK-NEXT: LoadConst [[V:t[0-9]+]] = 1
# CHECK: Add t0 = t0,
# CHECK-NEXT: Return t0
