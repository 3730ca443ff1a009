class C:
    pass


c = C()
c.__enter__ = lambda: print("never")
c.__exit__ = lambda *a: print("never")
for thing in (c, 5, type("OnlyEnter", (), {"__enter__": lambda self: 1})()):
    try:
        with thing:
            pass
    except TypeError as error:
        print(error)


class Order:
    @property
    def __enter__(self):
        print("get enter")
        return lambda: 1

    @property
    def __exit__(self):
        print("get exit")
        return lambda *a: None


with Order():
    print("body")


class Truthy:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return [1]


with Truthy():
    1 / 0
print("suppressed by a truthy list")
