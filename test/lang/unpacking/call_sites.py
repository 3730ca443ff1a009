def f(*args, **kw):
    return args, kw


print(f(*[1, 2], 3, *(4, 5), **{"a": 1}, b=2, **{"c": 3}))
print(f(*"ab", *{}, *range(2)), f(*(), **{}))
print(max(*[1, 5], 3), "{}-{}".format(*"ab"), print(*[1, 2], **{"sep": "+"}))
args = [1, 2]
kw = {"x": 1}
got_args, got_kw = f(*args, **kw)
got_kw["y"] = 2
print(args, kw, got_args)


def gen():
    yield 1
    yield 2


print(f(*gen(), *map(str, [3])))
for bad in (lambda: f(*None), lambda: f(**None), lambda: f(*5), lambda: f(**{"a": 1}, a=2), lambda: f(**[("a", 1)]), lambda: f(**{None: 1}), lambda: f(*gen)):
    try:
        bad()
    except TypeError as error:
        print(error)
