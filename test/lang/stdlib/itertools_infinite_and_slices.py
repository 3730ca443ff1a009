from itertools import count, cycle, repeat, islice, takewhile, dropwhile, filterfalse, compress, starmap

print(list(islice(count(5), 3)), list(islice(count(1, 0.5), 3)), list(islice(count(10, -3), 4)), list(islice(cycle("ab"), 5)), list(repeat("x", 3)), list(islice(repeat(1), 2)), list(cycle([])))
print(list(islice(range(10), 2, 8, 3)), list(islice("abc", None)), list(islice("abcdef", 2, None)), list(takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(filterfalse(None, [0, 1, ""])), list(compress("abcd", [1, 0, 1])), list(starmap(pow, [(2, 3), (3, 2)])))
it = iter(range(10))
print(list(islice(it, 3)), next(it), count(3), repeat("a", 2), next(count(2 ** 63 - 1)), list(islice(count(2 ** 62 - 1), 3)))
for bad in (lambda: islice([1], -1), lambda: islice([1], 1, 2, 0), lambda: list(islice([1], "x")), lambda: count("a"), lambda: repeat(), lambda: list(starmap(pow, [1])), lambda: cycle(5), lambda: takewhile(1)):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
