a, b = {1, 2, 3, 4}, {3, 4, 5}
for s in (a | b, a & b, a - b, b - a, a ^ b, a.union([9], (8,)), a.intersection([1, 2, 99], {2}), a.difference([1], [2]), a.symmetric_difference([1, 7])):
    print(sorted(s))
print(a < b, {3} < b, a <= a, a < a, a >= {1}, a > {1}, a == {4, 3, 2, 1}, a != b, a.isdisjoint({7}), a.issubset(range(10)), a.issuperset([1]), {1} == frozenset([1]))
c = set(a)
c |= {10}
c &= {1, 2, 10}
c -= {2}
c ^= {1, 5}
print(sorted(c), len(c), 10 in c)
c.add(5)
c.add(6)
c.discard(99)
c.discard(5)
c.remove(6)
c.update([1, 2], "a")
print(sorted(map(str, c)), c.copy() == c)
c.difference_update([1]), c.intersection_update([2, 10]), c.symmetric_difference_update([10])
print(sorted(c))
for bad in (lambda: a | [1], lambda: a < 5, lambda: a.add([]), lambda: a.remove(99), lambda: set().pop(), lambda: set(5), lambda: {[]}, lambda: hash(a), lambda: a + b, lambda: [1] - a, lambda: a[0]):
    try:
        bad()
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)
