# record: train
import sys


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y


def total(points):
    t = 0
    for p in points:
        t += p.norm() + p.x
        p.y = p.y + 1
    return t


for _ in range(200):
    total([P(1, 2), P(3, 4)])
print(total([P(1, 2), P(3, 4)]))
if len(sys.argv) == 1:
    late = P(5, 6)
    late.z = 1
    swapped = P.__new__(P)
    swapped.y, swapped.x = 1, 2
    gone = P(1, 1)
    del gone.x
    gone.x = 9

    class Q(P):
        def norm(self):
            return -1

    class R:
        __slots__ = ("x", "y")

        def norm(self):
            return 100

    r = R()
    r.x, r.y = 1, 2
    print(total([P(1, 2), late, swapped, gone, Q(1, 1), r]), late.y, swapped.y, vars(gone), r.y)
    broken = P(1, 2)
    del broken.y
    try:
        total([P(1, 2), broken])
    except AttributeError as error:
        print(error)
    print(total([P(1, 2), P(3, 4)]))
