data = [("b", 2), ("a", 2), ("c", 1), ("a", 1), ("b", 1)]
print(sorted(data), sorted(data, key=lambda p: p[1]), sorted(data, key=lambda p: p[1], reverse=True), sorted(data, key=lambda p: (-p[1], p[0])))
print(sorted("banana"), sorted({"b": 1, "a": 2}), sorted([True, 3, 0.5, False]), sorted([[2], [1, 5], []]), sorted(["B", "a", "C"], key=str.lower), sorted([3, -1, 2], key=abs), sorted((), key=None))
l = [5, 3, 9]
print(l.sort(), l, l.sort(reverse=True), l, sorted(l) is l)
from functools import cmp_to_key
from operator import itemgetter

print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), sorted(data, key=itemgetter(1, 0))[0], max(data, key=itemgetter(1)), min(data, key=lambda p: p[1]))
for bad in (lambda: sorted([1, "a"]), lambda: sorted([1, None]), lambda: [1].sort(5), lambda: sorted([1], key=5), lambda: sorted([1, 2], reverse="x"), lambda: sorted([1j, 2j])):
    try:
        bad()
    except TypeError as error:
        print(error)
