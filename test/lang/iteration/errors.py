class NotIter:
    pass


class BadIter:
    def __iter__(self):
        return 5


class NoIter:
    __iter__ = None

    def __getitem__(self, i):
        return i


class Raises:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("in next")


def unpack(x):
    a, b = x


for f in (list, iter, sum, tuple, set, unpack, lambda x: [*x], lambda x: 1 in x, lambda x: max(x), enumerate, lambda x: dict(x), lambda x: "".join(x), lambda x: print(*x)):
    for cls in (NotIter, BadIter, NoIter, Raises):
        try:
            f(cls())
            print("ok", end="; ")
        except (TypeError, ValueError) as error:
            print(error, end="; ")
    print()
