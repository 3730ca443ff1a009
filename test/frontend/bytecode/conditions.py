# Comparisons jump by themselves; `not`, `and`, `or` and chains are jumps; truth is asked once.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(a, b, c):
    if not (a < b <= c) or a is None:
        return 1
    if a in b and c is not b:
        return 2
    return a and b or c
# CHECK-LABEL: code f (a, b, c)
# CHECK-NEXT: JumpIfNotLt a, b, -> [[ONE:L[0-9]+]]
# CHECK-NEXT: JumpIfNotLe b, c, -> [[ONE]]
# CHECK-NEXT: JumpIfNotNone a, -> [[NEXT:L[0-9]+]]
# CHECK-NEXT: [[ONE]]:
# CHECK: [[NEXT]]:
# CHECK-NEXT: JumpIfNotIn a, b, -> [[LAST:L[0-9]+]]
# CHECK-NEXT: JumpIfIs c, b, -> [[LAST]]
# CHECK: [[LAST]]:
# CHECK-NEXT: Move t0 = a
# CHECK-NEXT: JumpIfFalse t0, -> [[C:L[0-9]+]]
# CHECK-NEXT: Move t0 = b
# CHECK-NEXT: JumpIfTrue t0, -> [[END:L[0-9]+]]
# CHECK-NEXT: [[C]]:
# CHECK-NEXT: Move t0 = c
# CHECK-NEXT: [[END]]:
# CHECK-NEXT: Return t0
