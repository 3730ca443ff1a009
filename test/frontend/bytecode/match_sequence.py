# Names are bound after the whole pattern matched.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(s):
    match s:
        case [1, x]:
            return x
        case _:
            return 0
# CHECK-LABEL: code f (s)
# CHECK-NEXT: Move t0 = s
# CHECK-NEXT: MatchSequence [[T:t[0-9]+]] = t0
# CHECK-NEXT: JumpIfFalse [[T]], -> [[NEXT:L[0-9]+]]
# CHECK-NEXT: GetLen [[T]] = t0
# CHECK-NEXT: LoadConst [[TWO:t[0-9]+]] = 2
# CHECK-NEXT: JumpIfNotEq [[T]], [[TWO]], -> [[NEXT]]
# CHECK-NEXT: UnpackSequence [[[A:t[0-9]+]]..[[B:t[0-9]+]]] = t0, #2
# CHECK-NEXT: LoadConst [[ONE:t[0-9]+]] = 1
# CHECK-NEXT: JumpIfNotEq [[A]], [[ONE]], -> [[NEXT]]
# CHECK-NEXT: Move x = [[B]]
# CHECK-NEXT: Return x
