import operator as op

print(op.add(1, 2), op.concat([1], [2]), op.contains("abc", "b"), op.countOf([1, 2, 1], 1), op.indexOf("abc", "c"), op.not_(0), op.truth([]), op.is_(None, None), op.neg(5), op.inv(5), op.index(True), op.matmul.__name__, op.floordiv(-7, 2), op.mod(-7, 3), op.pow(2, 5), op.xor(5, 3))
l = [1, 2]
op.setitem(l, 0, 9)
op.delitem(l, 1)
print(l, op.iadd(l, [3]) is l, l, op.itemgetter(0)(l), op.itemgetter(0, -1)("abc"), op.itemgetter(slice(1))("abc"), op.attrgetter("real")(5), op.attrgetter("real.imag", "imag")(5), op.methodcaller("upper")("a"), op.methodcaller("split", ",", maxsplit=1)("a,b,c"), op.call(max, 1, 2))
print(op.itemgetter("k")({"k": 1}), repr(op.itemgetter(1)), repr(op.attrgetter("a.b")), repr(op.methodcaller("f", 1, k=2)), op.lt(1, 2), op.le("b", "a"), op.eq([], []), op.getitem({1: 2}, 1), op.length_hint([1, 2]))
for bad in (lambda: op.itemgetter(), lambda: op.itemgetter(5)([1]), lambda: op.attrgetter("x")(1), lambda: op.attrgetter(1), lambda: op.methodcaller(), lambda: op.add(1), lambda: op.index(1.5), lambda: op.indexOf([1], 2), lambda: op.concat(1, 2), lambda: op.methodcaller("nope")(1)):
    try:
        bad()
    except (TypeError, IndexError, AttributeError, ValueError) as error:
        print(type(error).__name__, error)
