def f(self, x):
    return self, x


bound = f.__get__("me")
print(bound(1), f.__get__(None, str) is f, type(bound).__name__)


class C:
    g = f
    h = staticmethod(f)
    k = classmethod(f)
    builtin = len
    partial_like = (lambda *a: a).__get__("pre")


c = C()
print(c.g(5)[1], c.h(1, 2), c.k(3)[0] is C, c.builtin([1, 2]), c.partial_like(9))
print(C.__dict__["k"].__get__(None, C)(7)[1], "abc".upper.__self__, str.upper.__get__("xyz")())
try:
    str.upper.__get__(5)
except TypeError as error:
    print(error)
