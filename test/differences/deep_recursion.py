# Depth: what CPython 3.11 cannot nest deeper than a C stack of 8 MB without a crash, Krait does or answers with RecursionError: chains of
# iterators, hashes of nested tuples, calls through C code after a large sys.setrecursionlimit(). A stack of 512 MB of address space is
# reserved for it; only what is used takes memory. When memory itself is used up, a large object that cannot be made raises MemoryError; where
# a small one cannot, the process ends with "krait: out of memory" and exit code 70.
import sys

iterator = iter([1])
for _ in range(100_000):
    iterator = filter(None, iterator)
print(next(iterator))
sys.setrecursionlimit(10**6)


class Deep:
    def __init__(self, below):
        self.below = below

    def __len__(self):
        return 1 + len(self.below) if self.below else 1

    def __bool__(self):
        return True


deep = None
for _ in range(20_000):
    deep = Deep(deep)
print(len(deep))
