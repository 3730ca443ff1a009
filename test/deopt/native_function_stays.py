# A function of a native module, by variable and by module, is the one that was recorded: no guard fails.
# RUN: %krait record --output %t.kprof %s > %t.expected
# RUN: %krait build %s --profile %t.kprof -o %t.exe
# RUN: env KRAIT_STATS=1 %t.exe > %t.out 2> %t.left
# RUN: diff %t.expected %t.out
# RUN: not grep -e CallTarget -e GlobalRebound %t.left
import math
from math import sqrt


def roots(n):
    total = other = 0.0
    for i in range(n):
        total += sqrt(i * 4.0)
        other += math.sqrt(i * 100.0)
    return total, other


print(roots(40000))
