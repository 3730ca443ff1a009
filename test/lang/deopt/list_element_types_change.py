# record: train
import sys


def find_max(items):
    best = items[0]
    for i in range(len(items)):
        if items[i] > best:
            best = items[i]
    return best


for _ in range(100):
    find_max([3, 1, 4, 1, 5])
if len(sys.argv) > 1:
    sys.exit()
print(find_max([3, 1, 4]), find_max([1.5, 2, 0]), find_max(["b", "a"]), find_max((1, 2)), find_max("hello"), find_max([2 ** 70, 5]), find_max({0: 1, 1: 9}), find_max(range(4)), find_max(b"az"))
for bad in ([1, "a"], [], [None, 1]):
    try:
        find_max(bad)
    except (TypeError, IndexError) as error:
        print(error)
