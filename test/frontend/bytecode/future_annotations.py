# REQUIRES: krait-dis
# RUN: %krait-dis %s | %FileCheck %s
from __future__ import annotations
def f(a: (x + 1) * 2, *b: lambda q, /, r=1: q, c: {**d, 'k': [i for i in j if i]}) -> f"{a!r:>{w}}": pass
# CHECK: LoadConst {{.*}} = 'a'
# CHECK-NEXT: LoadConst {{.*}} = '(x + 1) * 2'
# CHECK-NEXT: LoadConst {{.*}} = 'b'
# CHECK-NEXT: LoadConst {{.*}} = 'lambda q, /, r=1: q'
# CHECK-NEXT: LoadConst {{.*}} = 'c'
# CHECK-NEXT: LoadConst {{.*}} = "{**d, 'k': [i for i in j if i]}"
# CHECK-NEXT: LoadConst {{.*}} = 'return'
# CHECK-NEXT: LoadConst {{.*}} = "f'{a!r:>{w}}'"
