# Asking a bound of a slice, or an index, for its number may change the sequence: places are those of the sequence as it is then.
import array


class Bound:
    def __init__(self, sequence, number):
        self.sequence, self.number = sequence, number

    def __index__(self):
        del self.sequence[1:]
        return self.number


class Same:
    def __init__(self, sequence):
        self.sequence = sequence

    def __eq__(self, other):
        del self.sequence[:]
        return True


def sequences():
    for count in (4, 60):
        yield list(range(count))
        yield bytearray(range(count))
        yield array.array("i", range(count))


def show(what, change):
    try:
        print(what, change())
    except (IndexError, ValueError) as error:
        print(what, type(error).__name__, error)


def check(number):
    for s in sequences():
        show("get", lambda: s[0 : Bound(s, number)])
    for s in sequences():
        show("step", lambda: s[Bound(s, number) :: -1])
    for s in sequences():
        show("item", lambda: s[Bound(s, number)])
    for s in sequences():
        show("delete", lambda: s.__delitem__(slice(0, Bound(s, number))))
        print(s)
    for s in sequences():
        show("delete item", lambda: s.__delitem__(Bound(s, number)))
        print(s)
    for s in sequences():
        show("every other", lambda: s.__delitem__(slice(None, Bound(s, number), 2)))
        print(s)
    for s in sequences():
        show("set", lambda: s.__setitem__(slice(Bound(s, number), None), s[:1]))
        print(s)
    for s in [1, 2, 3], list(range(60)):
        show("set item", lambda: s.__setitem__(Bound(s, number), 7))
        print(s)


def removed():
    s = []
    s += [1, 2, Same(s), 3, 4]
    s.remove(5)
    return s


for number in (0, 1, 3, 50):
    check(number)
print(removed())
print([str(i) for i in range(50)][-1])
