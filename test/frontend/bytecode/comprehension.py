# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
def f(xs, k):
    return [x * k for x in xs if x]
# CHECK-LABEL: code f (xs, k)
# CHECK-NEXT: MakeCell cell k
# CHECK-NEXT: Move [[C:t[0-9]+]] = cell k
# CHECK-NEXT: BuildTuple [[T:t[0-9]+]] = [[[C]]], #1
# CHECK-NEXT: MakeFunction t0 = <code f.<locals>.<listcomp>>, -, -, -, [[T]]
# CHECK-NEXT: GetIter t2 = xs
# CHECK-NEXT: Call t0 = [t0..t2], #1
# CHECK-NEXT: Return t0

# CHECK-LABEL: code f.<locals>.<listcomp> (.0)
# CHECK-NEXT: LoadFree [free k] = #1
# CHECK-NEXT: BuildList [[L:t[0-9]+]] = [], #0
# CHECK-NEXT: L1:
# CHECK-NEXT: ForIter x = .0, -> L3
# CHECK-NEXT: JumpIfFalse x, -> L2
# CHECK-NEXT: LoadCell [[K:t[0-9]+]] = free k, k
# CHECK-NEXT: Mul [[V:t[0-9]+]] = x, [[K]]
# CHECK-NEXT: ListAppend [[L]], [[V]]
# CHECK-NEXT: L2:
# CHECK-NEXT: LoopBack -> L1
# CHECK-NEXT: L3:
# CHECK-NEXT: Return [[L]]
