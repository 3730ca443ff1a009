# record: train
import sys


class V:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, o):
        return V(self.x + o.x, self.y + o.y)

    def __mul__(self, k):
        return V(self.x * k, self.y * k)

    def __repr__(self):
        return "V(%r, %r)" % (self.x, self.y)


kept = []


def path(n, change=None):
    p = V(0.0, 0.0)
    d = V(1.0, 0.5)
    for i in range(n):
        q = p + d * 0.5
        t = (p, q)
        if i == change:
            d.x = "sideways"
            kept.append(t)
        try:
            p = q + d * 1
        except TypeError as error:
            kept.append((t, q, str(error)))
            d.x = 1
    return p


for _ in range(300):
    path(10)
print(path(10))
if len(sys.argv) == 1:
    print(path(10, 4), kept)
    print(kept[0][0] is kept[1][0][0], kept[0][1].x)
    V.__mul__ = lambda self, k: V(0, k)
    print(path(3))
