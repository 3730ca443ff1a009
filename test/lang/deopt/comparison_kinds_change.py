def largest(a, b):
    out = []
    for x, y in zip(a, b):
        if x < y:
            out.append(y)
        elif x == y:
            out.append("=")
        else:
            out.append(x)
    return out


for _ in range(100):
    largest([1, 2, 3], [3, 2, 1])
nan = float("nan")
print(largest([1, 2.5, "a", [1], (1,), True, 2 ** 70, nan], [1.0, 2, "b", [1], (1, 0), 2, 1.5, 1]))
for pair in ((1, "a"), (None, 1), ([], ()), (1j, 2)):
    try:
        largest([pair[0]], [pair[1]])
    except TypeError as error:
        print(error)


class Odd:
    def __lt__(self, o):
        return "truthy"

    def __gt__(self, o):
        return []

    __eq__ = object.__eq__
    __hash__ = None


print(largest([Odd(), 5], [1, Odd()])[0], type(largest([5], [Odd()])[0]).__name__)
