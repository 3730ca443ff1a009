# record: train
# Look-ups, stores and methods of containers that compiled code does by typed entries, then with keys that user code compares.
import sys


class Key:
    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        print("compared with", other)
        return self.text == other


class Counting(dict):
    def get(self, key, default=None):
        return "own get"

    def __missing__(self, key):
        return "missing " + str(key)


def count(counts, words):
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


def look(table, key):
    return key in table, key not in table, table.get(key), table.get(key, "none")


def item(table, key):
    return table[key]


def members(group, key):
    return key in group


def lists(values, more):
    values.append("1")
    values.extend(more)
    last = values.pop()
    return last, values[1:], values[:-1], ",".join(values[1:-1]) if values[0] == "s" else None


TRAIN = "a b a c".split()
for _ in range(300):
    table = count({}, TRAIN)
    look(table, "a")
    item(table, "b")
    members({"a", "b"}, "a")
    lists([1, 2], [3, 4])
print(count({}, TRAIN), look({"a": 1}, "a"), look({"a": 1}, "z"), members({"a"}, "z"), lists([1, 2], [3, 4]))
if len(sys.argv) == 1:
    odd = {Key("a"): "odd", "b": 2}
    print(look(odd, "a"), look(odd, "b"), look(odd, "c"), item(odd, "a"))
    print({k if isinstance(k, str) else "key": v for k, v in count({Key("a"): 5, 1: 1}, ["a", "b", 1, 1.0, True, 2**70, (1, 2)]).items()})
    print(members({Key("x"), 1}, "x"), members({1, 2}, True), members([1, 2], 2), members("abc", "b"), members((1, 2), 3), members(range(5), 3))
    print(look(Counting(a=1), "a"), item(Counting(a=1), "zz"))
    print(lists(["s", "x"], ["y", "z"]), lists([1], (2, 3)), lists([1], {4: 5}), lists([1, 2], "ab"))
    grown = {}
    for i in range(2000):
        grown[i % 700] = grown.get(i % 700, 0) + i
        if i % 3 == 0:
            grown.pop(i % 700)
    print(len(grown), sum(grown.values()), look(grown, 5), look(grown, 5.0), look(grown, 10**30))
    same = {"k": 1}
    first = same.get("k")
    same.clear()
    print(first, look(same, "k"), same.setdefault("k", 3), look(same, "k"))
    for wrong in (lambda: item({}, "a"), lambda: item({}, 5), lambda: item([], 5), lambda: look({}, []), lambda: members({1}, {}), lambda: members(5, 5),
                  lambda: lists((1,), []), lambda: lists([], 5), lambda: lists(["s", 1, 2], ["x"]), lambda: count({}, [[]])):
        try:
            print(wrong())
        except (TypeError, KeyError, IndexError, AttributeError) as error:
            print(type(error).__name__, error)
    print(count({}, TRAIN), look({"a": 1}, "a"))
