# Functions whose code or defaults are replaced after they were made, or called.


def three(a=0):
    return 3 + a


class C:
    def m(self, x=1):
        return x

    @staticmethod
    def s(y=1):
        return y


def local():
    def f(a=1):
        return a

    before = f()
    f.__code__ = three.__code__
    after = f()
    f.__defaults__ = (10,)
    return before, after, f(), f(100)


def nested():
    def f(a=1, *, k=2):
        return a + k

    def change():
        f.__kwdefaults__ = {"k": 20}
        f.__defaults__ = (10,)

    before = f()
    change()
    return before, f()


def methods(c):
    return c.m(), C.s(), three()


c = C()
for turn in range(3):
    print(local(), nested())
print(methods(c), methods(c))
C.m.__defaults__ = (5,)
C.s.__defaults__ = (6,)
three.__defaults__ = (7,)
print(methods(c), methods(c))
C.m.__code__ = (lambda self, x: -x).__code__
three.__code__ = (lambda a: a * 2).__code__
print(methods(c), methods(c))
C.m.__defaults__ = None
try:
    methods(c)
except TypeError as e:
    print(e)
