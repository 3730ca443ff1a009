class C:
    def __int__(self):
        return 7

    def __float__(self):
        return 2.5

    def __complex__(self):
        return 1j

    def __index__(self):
        return 3

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"

    def __bytes__(self):
        return b"bytes"

    def __format__(self, spec):
        return "fmt<%s>" % spec

    def __round__(self, n=None):
        return ("round", n)

    def __trunc__(self):
        return 1

    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"


import math

c = C()
print(int(c), float(c), complex(c), [0, 1, 2, 3, 4][c], "abcd"[c], hex(c), bin(c), range(c))
print(str(c), repr(c), bytes(c), f"{c}", f"{c:x>5}", f"{c!r}", round(c), round(c, 2), math.floor(c), math.ceil(c), math.trunc(c))
print("%d %s %r %f" % (c, c, c, c), [c], "a" * c, divmod(10, int(c)))
