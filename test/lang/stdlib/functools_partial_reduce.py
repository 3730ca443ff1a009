from functools import partial, reduce, partialmethod
import operator

f = partial(int, base=2)
print(f("101"), f("ff", base=16), f.func is int, f.args, f.keywords, partial(print, 1, 2, sep="-")(3), partial(partial(max, 5), 7)(6))
print(reduce(operator.add, [1, 2, 3]), reduce(lambda a, b: a * b, range(1, 6), 10), reduce(max, [3]), reduce(lambda a, b: b + a, "abc"), reduce(operator.add, [], "empty"))
for bad in (lambda: reduce(operator.add, []), lambda: partial(), lambda: partial(5), lambda: reduce(1, [1, 2]), lambda: reduce(operator.add, 5)):
    try:
        bad()
    except TypeError as error:
        print(error)


class C:
    def set(self, k, v=0):
        return (k, v)

    on = partialmethod(set, "on", v=1)
    bound = partial(len)


print(C().on(), C().bound("abc"), repr(partial(len, 1)).split("(")[0])
p = partial(len)
p.note = "attr"
print(p.note, p.__dict__)
