# super() without arguments, as a value.


class A:
    def m(self):
        return "A.m"

    @classmethod
    def c(cls):
        return "A.c"


class B(A):
    def m(self):
        s = super()
        return s.m()

    def captured(self):
        s = super()
        return (lambda: self)() is self, s.m()

    @classmethod
    def c(cls):
        s = super()
        return s.c(), s.__thisclass__.__name__, s.__self__ is cls

    def rebound(self):
        self = A()
        s = super()
        return s.m()

    def deleted(self):
        del self
        return super()

    def maker(self):
        yield super()
        yield [super(B, self).m() for _ in range(2)]

    def wrong(self):
        return super()

    def varied(self, *rest, key=1):
        s = super()
        return s.m(), rest, key


def trial(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def cell():
    k = 1

    def g():
        return k

    return g.__closure__[0]


b = B()
for turn in range(3):
    print(b.m(), b.captured(), B.c(), [s if type(s) is list else s.m() for s in b.maker()], b.varied(1, key=2))
    print(trial(b.rebound), trial(b.deleted), trial(B.wrong, 5), trial(B.wrong, cell()))


class P:
    @property
    def value(self):
        return 1

    def __getitem__(self, i):
        return i * 2


class Q(P):
    @property
    def value(self):
        return super().value + super(Q, self).value

    def __getitem__(self, i):
        return super().__getitem__(i) + 1

    def names(self):
        return [name for name in dir(super()) if name == "value"], repr(super())[:18]


print([Q().value for _ in range(3)], [Q()[i] for i in range(3)], Q().names())
