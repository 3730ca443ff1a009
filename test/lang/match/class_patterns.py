class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Point3(Point):
    def __init__(self, x, y, z):
        super().__init__(x, y)
        self.z = z


def f(v):
    match v:
        case Point3(z=0):
            return "flat"
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return ("on y axis", y)
        case Point(x, y) if x == y:
            return ("diagonal", x)
        case Point(int(x), str() as s):
            return ("int and str", x, s)
        case Point():
            return "point"
        case int(n) | float(n):
            return ("number", n)
        case str(s):
            return ("string", s)
        case bool():
            return "never"
        case list([a, *_]):
            return ("list", a)


for v in (Point(0, 0), Point(0, 5), Point(3, 3), Point(1, "s"), Point(1, 2), Point3(1, 2, 0), Point3(1, 2, 3), 5, 2.5, True, "x", [1, 2], None):
    print(f(v))
