def two(v):
    a, b = v


def star(v):
    a, b, *c = v


def nested(v):
    (a, b), c = v


for f, v in ((two, [1]), (two, [1, 2, 3]), (two, []), (two, 5), (two, "abc"), (two, {1: 2}), (star, [1]), (star, []), (nested, [1, 2]), (nested, [(1, 2, 3), 4]), (two, (i for i in range(5))), (two, iter([1])), (two, None), (two, range(3)), (nested, ["a", "b"]), (star, None)):
    try:
        f(v)
        print("ok")
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
