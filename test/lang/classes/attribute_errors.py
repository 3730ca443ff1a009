class C:
    __slots__ = ("x",)

    def m(self):
        pass


c = C()
tries = [lambda: c.x, lambda: c.y, lambda: setattr(c, "z", 1), lambda: C.nope, lambda: (5).foo, lambda: None.bar, lambda: setattr(5, "a", 1),
         lambda: [].append.x, lambda: setattr(c.m, "a", 1), lambda: setattr(int, "a", 1), lambda: delattr(c, "x"), lambda: c.m.nothing, lambda: "s".foo()]
for t in tries:
    try:
        print(t())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
