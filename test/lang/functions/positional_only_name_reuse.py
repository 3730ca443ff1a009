def f(self, /, **kw):
    return self, kw


print(f(1, self=2))


def g(a, b=1, /, **a_kw):
    return a, b, a_kw


print(g(0, a=5, b=6))
try:
    g(a=1)
except TypeError as error:
    print(error)
