print(3 in [1, 2, 3], "b" in "abc", "" in "x", "k" in {"k": 0}, 5 not in (1, 2), 2 in range(0, 10, 2), 3 in range(0, 10, 2))


class OnlyIter:
    def __iter__(self):
        return iter([1, 2, 3])


class OnlyGetitem:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 10


class Contains:
    def __contains__(self, x):
        return "truthy" if x else ""


print(2 in OnlyIter(), 9 in OnlyIter(), 20 in OnlyGetitem(), 25 in OnlyGetitem())
print(1 in Contains(), 0 in Contains(), 1 not in Contains())
for bad in (5, object):
    try:
        1 in bad
    except TypeError as error:
        print(error)
try:
    1 in "abc"
except TypeError as error:
    print(error)
