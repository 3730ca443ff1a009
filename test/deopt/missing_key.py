# record: train
import sys


def translate(table, words):
    out = []
    misses = 0
    for w in words:
        try:
            out.append(table[w])
        except KeyError as error:
            misses += 1
            out.append(error.args[0])
    return out, misses


table = {"a": 1, "b": 2, 3: "three"}
for _ in range(300):
    translate(table, ["a", "b", 3, "a"])
print(translate(table, ["a", 3]))
if len(sys.argv) == 1:
    print(translate(table, ["a", "zz", 3, 4, "b", (1,), 3.0, None]))
    table["zz"] = "found now"
    del table["a"]
    print(translate(table, ["a", "zz"]))
    try:
        translate(table, ["b", []])
    except TypeError as error:
        print(error)

    class D(dict):
        def __missing__(self, key):
            if key == "boom":
                raise KeyError("from missing")
            return [key]

    print(translate(D(table), ["b", "other", "boom"]))
