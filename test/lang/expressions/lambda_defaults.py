fs = [lambda x, n=n: x * n for n in range(4)]
print([f(10) for f in fs])
late = [lambda x: x * n for n in range(4)]
print([f(10) for f in late])
print((lambda *a, k=1, **kw: (a, k, kw))(1, 2, k=3, z=4))
print((lambda: (yield))().__class__.__name__)
print((lambda a, /, b, *, c: a + b + c)(1, b=2, c=3))
compose = lambda f, g: lambda x: f(g(x))
print(compose(str, lambda v: v + 1)(41))
