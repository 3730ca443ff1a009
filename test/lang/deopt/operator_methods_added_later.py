# record: train
import sys


class N:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        return N(self.v + o.v)


def total(items):
    t = items[0]
    for x in items[1:]:
        t = t + x
    return t.v


items = [N(i) for i in range(10)]
for _ in range(50):
    total(items)
print(total(items))
if len(sys.argv) > 1:
    sys.exit()


class M(N):
    def __radd__(self, o):
        return N(-1000)


print(total(items + [M(1)]), total([M(1), N(2)]))
N.__add__ = lambda self, o: N(self.v * 2)
print(total(items))
del N.__add__
try:
    total(items)
except TypeError as error:
    print(error)
N.__radd__ = lambda self, o: N("radd")
try:
    print(total(items))
except TypeError as error:
    print(error)
