# record: train
import sys


class V:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return V(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return V(self.x * k, self.y * k)

    def __lt__(self, other):
        return self.x < other.x

    def __neg__(self):
        return V(-self.x, -self.y)

    def __getitem__(self, i):
        return self.y if i else self.x

    def __eq__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return self.x == other.x


class W(V):
    __slots__ = ()

    def __radd__(self, other):
        return "W.__radd__"


def run(items, k):
    total = V(0, 0)
    least = items[0]
    for v in items:
        total = total + v * k + -v
        if v < least:
            least = v
    return total[0], total[1], least[0], total == least, total == 5


items = [V(i, 2 * i) for i in range(5)]
for _ in range(300):
    run(items, 3)
print(run(items, 3))
if len(sys.argv) == 1:
    print(run(items, 1.5))
    for bad in ([items[0], W(1, 2)], [V("a", "b")], [3], [V(None, 1)]):
        try:
            print(run(bad, 2))
        except (TypeError, AttributeError) as error:
            print(error)
    part = V.__new__(V)
    part.y = 1
    try:
        run([part], 1)
    except AttributeError as error:
        print(error)
    V.__add__ = lambda self, other: V(-1, -1)
    print(run(items, 3))
    del V.__lt__
    try:
        run(items, 3)
    except TypeError as error:
        print(error)
    V.__lt__ = lambda self, other: NotImplemented
    V.x = property(lambda self: 7)
    print(V(1, 2).x if False else V.x.__class__)
    try:
        run(items, 3)
    except (TypeError, AttributeError) as error:
        print(error)
