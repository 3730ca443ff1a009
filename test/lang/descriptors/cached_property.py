from functools import cached_property


class C:
    calls = 0

    @cached_property
    def v(self):
        "doc"
        C.calls += 1
        return [C.calls]


c = C()
print(c.v, c.v, c.v is c.v, C.calls, vars(c), C.v.__doc__)
del c.v
print(c.v)
c.v = "set"
print(c.v, C().v)
try:
    class S:
        __slots__ = ()

        @cached_property
        def x(self):
            return 1

    S().x
except TypeError as error:
    print(error)
