# record: train
import sys


class Shape:
    def area(self):
        return 0


class Square(Shape):
    def __init__(self, s):
        self.s = s

    def area(self):
        return self.s * self.s


class Circle(Shape):
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3 * self.r * self.r


class Tri(Shape):
    def __init__(self, b, h):
        self.b, self.h = b, h

    def area(self):
        return self.b * self.h / 2


def total(shapes):
    t = 0
    for s in shapes:
        t += s.area()
    return t


squares = [Square(i) for i in range(20)]
for _ in range(50):
    total(squares)
if len(sys.argv) > 1:
    sys.exit()
print(total(squares), total(squares + [Circle(2)]), total([Tri(3, 4), Shape(), Square(1), Circle(1)] * 5))
for k in range(8):
    extra = type("Dyn%d" % k, (Shape,), {"area": lambda self, k=k: k})
    squares.append(extra())
print(total(squares))
