"""Dictionaries and sets made from others take the hashes over; repr of a module may come from its loader."""
import io
import types


class Counting(int):
    count = 0

    def __hash__(self):
        Counting.count += 1
        return int.__hash__(self)


d = dict.fromkeys(map(Counting, range(10)))
print(Counting.count)
set(d), frozenset(d), dict.fromkeys(d), dict.fromkeys(set(d), 1), dict.fromkeys(frozenset(d)), set(d).difference(d)
print(Counting.count)


class Loader:
    @classmethod
    def module_repr(cls, module):
        return "<%s>" % module.__name__


m = types.ModuleType("m")
m.__loader__ = Loader
print(m)
for stream, states in (io.BytesIO(), [(b"", -1, None), (b"", 1.5, None), (b"", 0, 3)]), (io.StringIO(), [("", "", -1, None), ("", "", 0, 3)]):
    for state in states:
        try:
            print(stream.__setstate__(state))
        except (TypeError, ValueError) as error:
            print(error)
