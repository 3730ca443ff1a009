"""Which keywords constructors of subclasses take, and how wrong numbers of arguments are worded."""


def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except TypeError as error:
        print("TypeError:", error)


class WithNew(list):
    def __new__(cls, items, extra=None):
        return super().__new__(cls, items)


class Plain(list):
    pass


class PlainTuple(tuple):
    pass


show(WithNew, [1], extra=3)
show(Plain, sequence=[1])
show(list, 1, 2)
show(PlainTuple, sequence=())
for text in "abc", b"abc", bytearray(b"abc"):
    for name in "find", "rindex", "count", "startswith":
        method = getattr(text, name)
        show(method)
        show(method, text, 1, 2, 3)
        show(method, x=1)
show(min, 1, 2, foo=1, key=2, default=3)
show(max, [1], foo=1)
show(ImportError, 1, foo=1, bar=2, baz=3)
show(type(None), a=1)
show(type(...), 1)
show(type(NotImplemented), a=1)
show(bytes, "", errors="ignore")
show(bytearray, "", errors="ignore")
print(str.maketrans.__qualname__, bytes.maketrans.__qualname__, dict.fromkeys.__qualname__)
