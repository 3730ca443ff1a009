# What nests deeper than the limit of recursion has no repr; lists too long for memory are refused.
import sys

nested = []
for _ in range(sys.getrecursionlimit() + 100):
    nested = [nested]
try:
    repr(nested)
except RecursionError:
    print("RecursionError")
for factor in (2**63 - 1, 2**61):
    try:
        [0] * factor
    except (MemoryError, OverflowError):
        print("too long")
