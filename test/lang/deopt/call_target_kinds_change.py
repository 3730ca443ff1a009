def apply(f, n):
    t = 0
    for i in range(n):
        t += f(i)
    return t


def inc(x):
    return x + 1


class C:
    def __init__(self, k=1):
        self.k = k

    def m(self, x):
        return x * self.k

    def __call__(self, x):
        return -x

    def __radd__(self, other):
        return other + 1000


from functools import partial

for _ in range(100):
    apply(inc, 10)
c = C(3)
print(apply(inc, 10), apply(lambda x, y=5: x * y, 4), apply(abs, 3), apply(c.m, 3), apply(c, 3), apply(int, 3), apply(float, 3), apply(C, 3), apply(partial(pow, 2), 5), apply([5, 6, 7].__getitem__, 3), apply(type("T", (), {"s": staticmethod(inc)}).s, 3), apply(bool, 3))
for bad in (None, lambda: 1, lambda a, b: 1, "f", print):
    try:
        apply(bad, 1)
    except TypeError as error:
        print(error)
