print(sum([]), sum([1, 2]), sum([1.5, 2]), sum([[1], [2]], []), sum((i for i in range(4)), 10), sum([True, True]), sum([2 ** 62, 2 ** 62]), sum([1, 2.5, 3]), sum([0.1] * 3), sum([1 + 1j, 2]), sum({1: 2, 3: 4}), sum([1], start=5))
print(max(1, 2), max([1, 3, 2]), max("abc"), max([], default="d"), max(["aa", "b"], key=len), max((1, "a"), (1, "b")), max(3, 1, key=lambda v: -v), max({1: 9, 2: 0}), max([1, 1.0]), max([1.0, 1]), max("b", "a", "c"))
print(min(1, 2), min([3, 1, 2]), min("abc"), min([], default=None), min(["aa", "b"], key=len), min(iter([2, 1])), min(1, True), min(True, 1), min([(2, "a"), (1, "z")]))
for bad in (lambda: max([]), lambda: min(()), lambda: max(1), lambda: max(1, "a"), lambda: max(), lambda: max(1, 2, default=3), lambda: max([1, None]), lambda: sum("abc"), lambda: sum(["a"], ""), lambda: sum([b"a"], b""), lambda: sum([[]]), lambda: max(1, 2, foo=3), lambda: min(5)):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
