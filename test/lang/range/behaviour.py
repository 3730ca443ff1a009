r = range(10, 0, -3)
print(list(r), len(r), r[0], r[-1], r[1:3], r[::-1], 7 in r, 8 in r, 7.0 in r, "7" in r, r.index(4), r.count(4), r.count(5), r.start, r.stop, r.step, bool(range(0)), range(3) == range(0, 3, 1), range(0, 4, 2) == range(0, 3, 2), range(0) == range(5, 5), hash(range(3)) == hash(range(0, 3)))
print(list(range(2, 2)), list(range(5, 2)), list(reversed(range(4))), list(range(-3, 3, 2)), max(range(5)), sum(range(101)), range(5)[::2], range(10)[-3:], range(2 ** 70)[2 ** 69], 2 ** 65 in range(2 ** 70), range(2 ** 70)[-1])
it = iter(range(3))
print(next(it), list(it), list(it), range(True, 3), [*range(3)], list(range(2 ** 63 - 2, 2 ** 63 + 2)))
for bad in (lambda: range(1, 2, 0), lambda: range(1.0), lambda: range("a"), lambda: range(3)[3], lambda: range(3).index(9), lambda: len(range(2 ** 70)), lambda: range(1, 2, 3, 4), lambda: setattr(range(3), "start", 1), lambda: range(3)["x"], lambda: range(3) < range(4)):
    try:
        bad()
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError) as error:
        print(type(error).__name__, error)
