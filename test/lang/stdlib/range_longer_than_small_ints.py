# Lengths and places beyond 2**62, where integers are no longer one word.
import bisect
import sys

n = sys.maxsize
print(len(range(n)), len(range(n - 1)), len(range(1 << 62)))
print(bisect.bisect_left(range(n), n - 3), bisect.bisect_right(range(n), n - 3))
