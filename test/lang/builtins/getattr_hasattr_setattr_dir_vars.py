class C:
    a = 1

    def __init__(self):
        self.b = 2

    def __dir__(self):
        return ["z", "a"]


c = C()
print(getattr(c, "a"), getattr(c, "q", None), hasattr(c, "b"), hasattr(c, "q"), setattr(c, "new key", 3), getattr(c, "new key"), delattr(c, "b"), hasattr(c, "b"), dir(c), vars(c), [n for n in dir(C) if not n.startswith("__")])
print(callable(c), callable(C), callable(len), callable(lambda: 0), id(c) == id(c), type(c) is C, isinstance(c, object), issubclass(C, object))
for bad in (lambda: getattr(c, "q"), lambda: getattr(c, 5), lambda: getattr(c), lambda: setattr(c, 5, 1), lambda: hasattr(c, 5), lambda: vars(5), lambda: delattr(c, "q"), lambda: setattr(c, "a"), lambda: vars(1, 2)):
    try:
        bad()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
print(sorted(n for n in dir() if not n.startswith("__")))
