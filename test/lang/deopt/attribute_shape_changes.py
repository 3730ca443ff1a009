# record: train
import sys


class P:
    def __init__(self, x):
        self.x = x


def total(points):
    s = 0
    for p in points:
        s += p.x
    return s


points = [P(i) for i in range(100)]
for _ in range(30):
    total(points)
print(total(points))
if len(sys.argv) > 1:
    sys.exit()
for i, p in enumerate(points):
    if i % 3 == 0:
        p.extra = 1
    if i % 7 == 0:
        x = p.x
        del p.x
        p.y = 0
        p.x = x
print(total(points))


class Q:
    x = 1000


points.append(Q())
points.append(type("R", (), {"x": property(lambda self: 5)})())
points.append(type("S", (), {"__slots__": (), "__getattr__": lambda self, n: 7})())
print(total(points))
points.append(object())
try:
    total(points)
except AttributeError as error:
    print(error)
