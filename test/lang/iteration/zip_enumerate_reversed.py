print(list(zip()), list(zip("ab")), list(zip("abc", [1, 2])), list(zip(*[(1, 2), (3, 4)])), list(enumerate("ab", start=-1)), list(enumerate([])), list(reversed([1, 2, 3])), list(reversed((1,))), list(reversed("ab")), list(reversed(range(3))), list(reversed({1: 2, 3: 4})))
try:
    list(zip("ab", "a", strict=True))
except ValueError as error:
    print(error)
try:
    list(zip("a", "ab", strict=True))
except ValueError as error:
    print(error)
try:
    list(zip("ab", "ab", "abc", strict=True))
except ValueError as error:
    print(error)
a = iter([1, 2, 3])
print(list(zip(a, a)), list(a))
for i, (x, y) in enumerate(zip([1, 2], [3, 4])):
    print(i, x, y)
print(list(enumerate("a", 2 ** 63)), next(zip([1], [2])), dict(zip("ab", [1, 2])), [*enumerate("x")], type(zip()).__name__)
for bad in (lambda: enumerate(5), lambda: zip(5), lambda: reversed(5), lambda: reversed({1}), lambda: enumerate(), lambda: zip(strict=1, x=2), lambda: enumerate([], "x")):
    try:
        bad()
    except TypeError as error:
        print(error)
