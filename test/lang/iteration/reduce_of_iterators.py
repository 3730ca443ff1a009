# Iterators over text, bytes, aliases and deques say how they are made again, at their position.
import collections
import copy

for source in ["abc", "", b"abc", bytearray(b"xyz"), collections.deque("pqr")]:
    it = iter(source)
    next(it, None)
    twin = copy.copy(it)
    print(it.__length_hint__(), list(twin), list(it), list(copy.copy(it)))
back = reversed(collections.deque("pqr"))
next(back)
print(back.__reduce__()[1], list(copy.copy(back)))
alias = next(iter(tuple[int]))
print(alias.__unpacked__, tuple[int].__unpacked__, copy.copy(alias) == alias)
try:
    type(iter(collections.deque()))("abc")
except TypeError as error:
    print(error)
