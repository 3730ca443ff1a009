for args in ((5,), (2, 8, 3), (8, 2, -2), (0, -5, -1), (3, 3), (-2, 3), (10, 0), (0, 10, 100)):
    total = 0
    last = None
    for i in range(*args):
        total += i
        last = i
    print(args, total, last)
for i in range(3):
    n = i
    i = 100
print(n, i)
step = 2
print([i for i in range(0, 10, step)], [i for i in range(10, 0, -step)])
edge = 2 ** 62
print([i - edge for i in range(edge - 2, edge + 3)], [i for i in range(-edge - 2, -edge + 1)])


def gen():
    for i in range(3):
        got = yield i
        if got:
            i = got
            yield i


print(list(gen()))
