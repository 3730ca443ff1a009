# Neighbouring locals take the items of an unpacking directly; others go through temporaries.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(x):
    a, b = x
    b, c.d = x
    e, *g = x
# CHECK-LABEL: code f (x)
# CHECK-NEXT: UnpackSequence [a..b] = x, #2
# CHECK-NEXT: UnpackSequence [t0..t1] = x, #2
# CHECK-NEXT: Move b = t0
# CHECK-NEXT: LoadGlobal t2 = c
# CHECK-NEXT: StoreAttr t2, d, t1
# CHECK-NEXT: UnpackEx [t0..t1] = x, #1, #0
