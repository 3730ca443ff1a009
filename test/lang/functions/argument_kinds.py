def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


print(f(1, d=4))
print(f(1, 9, 8, 7, 6, d=4, z=1))
print(f(1, c=30, d=4, a=100, b=200))
print(f(*[1, 2], **{"d": 3, "x": 4}))


def g(*, k):
    return k


print(g(k=1))


def h(a, *, b=1, **k):
    return a, b, k


print(h(1), h(a=2, b=3, c=4))
