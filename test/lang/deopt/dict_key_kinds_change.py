# record: train
import sys


def count(words):
    counts = {}
    for w in words:
        counts[w] = counts.get(w, 0) + 1
    return counts


for _ in range(50):
    count(["a", "b", "a"])
if len(sys.argv) > 1:
    sys.exit()
print(count(["a", "b", "a"]), count([1, 2, 1]), count([1, 1.0, True, "1"]), count([(1, 2), (1, 2), frozenset([1])]), count([None, 2 ** 70, 2 ** 70]))


class K:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        return True


print(list(count([K(), 1, K()]).values()))
try:
    count(["a", []])
except TypeError as error:
    print(error)
