# record: train
import sys


class V:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, o):
        return V(self.x + o.x, self.y + o.y)

    def __repr__(self):
        return "V(%r, %r)" % (self.x, self.y)


kept = []


def walk(n, hook=None):
    p = V(0, 0)
    for i in range(n):
        step = V(i, 1)
        p = p + step
        if hook and i in hook:
            kept.append((p, step))
    return p


for _ in range(50):
    walk(20)
if len(sys.argv) > 1:
    sys.exit()
print(walk(20), walk(5, {3}), kept)
kept[0][0].x = 100
print(kept, walk(5, {1, 2}), len(kept), kept[1][0] is kept[2][0])


def swap(n):
    a, b = 1, 2
    for i in range(n):
        t = (a, b)
        b, a = t
        if i == n - 1:
            kept.append(t)
    return a, b


print(swap(7), kept[-1])
V.__add__ = lambda self, o: "replaced"
try:
    walk(2)
except TypeError as error:
    print(error)
