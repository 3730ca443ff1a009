from functools import singledispatch, singledispatchmethod


@singledispatch
def show(x, extra=""):
    return "default %r%s" % (x, extra)


@show.register
def _(x: int, extra=""):
    return "int %d" % x


@show.register(list)
@show.register(tuple)
def _(x, extra=""):
    return "seq of %d%s" % (len(x), extra)


class A:
    pass


class B(A):
    pass


show.register(A, lambda x: "A family")
print(show(5), show(True), show([1], "!"), show((1, 2)), show("s"), show(B()), show(2.5, "?"), show.dispatch(bool) is show.dispatch(int), sorted(t.__name__ for t in show.registry))


class C:
    @singledispatchmethod
    def m(self, x):
        return "object"

    @m.register
    def _(self, x: str):
        return "str " + x


print(C().m(1), C().m("a"))
try:
    show()
except TypeError as error:
    print(error)
