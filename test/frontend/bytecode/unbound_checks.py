# CheckLocal stands only where a local may be unbound.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(a):
    if a:
        x = 1
    print(x)
    print(x)
    del a
    return a
# CHECK-LABEL: code f (a)
# CHECK: LoadConst x = 1
# CHECK: LoadGlobal t0 = print
# CHECK-NEXT: CheckLocal x
# CHECK-NEXT: Move t2 = x
# CHECK: LoadGlobal t0 = print
# CHECK-NEXT: Move t2 = x
# CHECK: DeleteLocal a
# CHECK-NEXT: CheckLocal a
# CHECK-NEXT: Return a
