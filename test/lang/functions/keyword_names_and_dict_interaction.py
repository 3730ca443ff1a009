def f(**kw):
    kw["extra"] = 1
    return kw


d = {"a": 1}
print(f(**d), d, f(**d) is d)
print(f(**{"class": 1, "with space": 2, "": 3}))


def g(*, a, **rest):
    return a, rest


print(g(**{"a": 1, "b": 2}), g(a=1, self=2, args=3))


class M:
    def keys(self):
        return ["a", "z"]

    def __getitem__(self, k):
        return k.upper()


print(g(**M()))
for bad in (lambda: g(**{"b": 1}), lambda: g(**{"a": 1}, **{"a": 2}), lambda: g(a=1, **{"a": 2}), lambda: g(1), lambda: g(**{1: 2}, a=1), lambda: g(*[], **[])):
    try:
        bad()
    except TypeError as error:
        print(error)
