# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def g(n):
    x = yield n
    return (yield from x)
# CHECK-LABEL: code g (n) {{.*}} generator
# CHECK-NEXT: ReturnGenerator
# CHECK-NEXT: Yield x = n
# CHECK-NEXT: GetYieldFromIter [[I:t[0-9]+]] = x
# CHECK-NEXT: LoadConst [[S:t[0-9]+]] = None
# CHECK-NEXT: YieldFrom [[R:t[0-9]+]] = [[I]], [[S]]
# CHECK-NEXT: Return [[R]]
