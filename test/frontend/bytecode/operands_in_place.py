# Locals are operands where they are; an expression goes straight to the local it is assigned to.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(a, b):
    c = a + b
    c += a.x
    return c * (b - a)
# CHECK-LABEL: code f (a, b)
# CHECK-NEXT: Add c = a, b
# CHECK-NEXT: LoadAttr t0 = a, x
# CHECK-NEXT: InplaceAdd c = c, t0
# CHECK-NEXT: Sub t1 = b, a
# CHECK-NEXT: Mul t0 = c, t1
# CHECK-NEXT: Return t0
