print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a", [], [0]])), list(filter(lambda x: x > 1, [1, 2, 3])), list(map(None.__class__, [])), list(map(pow, [2, 3], [3, 2])))
m = map(print, "ab")
print("lazy")
next(m)
print(list(m))
try:
    list(map(lambda x: 1 / x, [1, 0]))
except ZeroDivisionError as error:
    print(error)
for bad in (lambda: map(str), lambda: list(map(5, [1])), lambda: filter(None), lambda: list(filter(5, [1])), lambda: map(), lambda: list(map(lambda: 1, [1]))):
    try:
        bad()
    except TypeError as error:
        print(error)
print(sum(map(int, "12345")), max(map(len, ["a", "bbb"])), all(map(str.isdigit, "123")), any(filter(None, [])))
