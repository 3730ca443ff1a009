def f(**kw):
    return list(kw.items())


print(f(z=1, a=2, m=3))
print(f(**{"b": 1}, a=2, **{"0 odd": 3}))


def g(*args, **kw):
    kw["new"] = args
    return kw


original = {"x": 1}
print(g(1, 2, **original), original)
try:
    f(**{"a": 1}, **{"a": 2})
except TypeError as error:
    print(error)
