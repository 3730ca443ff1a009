import gc
import sys


class Node:
    pass


a, b = Node(), Node()
a.other, b.other = b, a
del a, b
print(isinstance(gc.collect(), int), gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), isinstance(gc.get_count(), tuple))
print(sys.getsizeof([]) > 0, sys.getsizeof("x" * 100) > sys.getsizeof("x"), sys.intern("abc") == "abc", sys.getrefcount(a := []) >= 0)
for i in range(200):
    junk = [Node() for _ in range(100)]
    for n in junk:
        n.list = junk
print(len(junk), junk[0].list is junk)
print(gc.collect() >= 0)
