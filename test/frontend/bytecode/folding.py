# What CPython folds is folded, within the same limits.
# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
# RUN: %krait-dis -O %s | %FileCheck %s --check-prefix=OPT
def f(x):
    a = 2 ** 10 - 1, -3.5, "ab" * 2
    if x in {1, 2}:
        b = "%s is %r" % (x, a)
    assert x, "message"
    if __debug__:
        c = 2 ** 1000
    return "abc"[1], (1, 2)[-1], not (x is a), True & False
# CHECK-LABEL: code f (x)
# CHECK-NEXT: LoadConst a = (1023, -3.5, 'abab')
# CHECK: LoadConst [[S:t[0-9]+]] = frozenset({1, 2})
# CHECK-NEXT: JumpIfNotIn x, [[S]],
# CHECK: FormatValue {{.*}} = x, -, #1
# CHECK: FormatValue {{.*}} = a, -, #2
# CHECK: BuildString b
# CHECK: LoadAssertionError
# CHECK: Pow c =
# CHECK: LoadConst {{.*}} = 'b'
# CHECK-NEXT: LoadConst {{.*}} = 2
# CHECK-NEXT: IsNot
# CHECK-NEXT: LoadConst {{.*}} = False
# OPT-LABEL: code f (x)
# OPT-NOT: LoadAssertionError
# OPT-NOT: Pow
