# record: train
import sys


def total(items, start):
    t = start
    for i, x in enumerate(items):
        t = t + x * 2
        if t == "never":
            print("unreachable")
    return t, i, x


for _ in range(300):
    total([1, 2, 3], 0)
print(total([1, 2, 3], 0))
if len(sys.argv) == 1:
    print(total([1, 2.5, 3], 0), total([1, 2, 3], 0.5), total(["a"], ""), total([[1]], []))
    for _ in range(200):
        total([1, 2.5], 0)
    print(total([1, 2.5], 0))
    for bad in ([1, "x"], [None], [1, 2, {}]):
        try:
            total(bad, 0)
        except TypeError as error:
            print(error)
    print(total([1, 2, 3], 0))
