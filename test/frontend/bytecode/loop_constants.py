# Constants that a loop uses are loaded before the outermost loop.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(n):
    i = 0
    while i < n:
        for j in range(3):
            i += 2
    return i - 2
# CHECK-LABEL: code f (n)
# CHECK-NEXT: LoadConst i = 0
# CHECK-NEXT: LoadConst [[TWO:t[0-9]+]] = 2
# CHECK-NEXT: L1:
# CHECK-NEXT: JumpIfNotLt i, n, -> [[END:L[0-9]+]]
# CHECK: ForIter j
# CHECK-NEXT: InplaceAdd i = i, [[TWO]]
# CHECK-NEXT: LoopBack
# CHECK: LoopBack -> L1
# CHECK-NEXT: [[END]]:
# CHECK-NEXT: LoadConst [[OTHER:t[0-9]+]] = 2
# CHECK-NEXT: Sub t0 = i, [[OTHER]]
