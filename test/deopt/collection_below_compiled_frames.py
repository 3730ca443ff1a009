# gc.collect() called from compiled functions, which have frames without registers: nothing around those is touched.
import gc
import sys


class Node:
    pass


def now():
    gc.collect()


def collect(n, kept):
    made = [Node() for _ in range(n)]
    kept.append((n, len(made), sys._getframe().f_code.co_name))
    if n:
        collect(n - 1, kept)
        now()
    return [a * 2 for a in range(n)], len(kept)


for turn in range(4):
    kept = []
    print(collect(5, kept), [each[0] for each in kept], kept[0])
