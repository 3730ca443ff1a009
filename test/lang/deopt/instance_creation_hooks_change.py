# record: train
import sys


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def make(n):
    s = 0
    for i in range(n):
        p = P(i, i + 1)
        s += p.x + p.y
    return s


for _ in range(50):
    make(20)
print(make(20))
if len(sys.argv) > 1:
    sys.exit()
old = P.__init__


def init(self, x, y):
    old(self, x * 10, y)
    self.z = 1


P.__init__ = init
print(make(20))
P.__init__ = old
P.__new__ = lambda cls, *a: object.__new__(cls)
print(make(20))
P.__setattr__ = lambda self, n, v: object.__setattr__(self, n, 0)
print(make(20))
del P.__setattr__, P.__init__
try:
    make(1)
except AttributeError as error:
    print(error)
P = lambda x, y: type("Q", (), {"x": 5, "y": 5})
print(make(3))
