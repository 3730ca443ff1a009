class Single:
    instance = None

    def __new__(cls):
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance


print(Single() is Single())


class Upper(str):
    def __new__(cls, text):
        return super().__new__(cls, text.upper())


class Point(tuple):
    def __new__(cls, x, y):
        return tuple.__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]


u = Upper("abc")
print(u, type(u).__name__, u + "d", type(u + "d").__name__, u == "ABC")
p = Point(3, 4)
print(p, p.x, p + (5,), isinstance(p, tuple), hash(p) == hash((3, 4)))
class Even(int):
    def __new__(cls, n): return int.__new__(cls, n // 2 * 2)
print(Even(7), Even(7) + 1, type(Even(7) + 1).__name__)
