# record: train
# `from math import sqrt`: a native function in a variable is called directly while it is that function.
import sys
from math import floor, sqrt
from sys import intern


def lengths(points):
    total = 0.0
    for x, y in points:
        total += sqrt(x * x + y * y)
    return total


def rounded(values, how):
    return [how(v) for v in values]


def names(texts):
    return [intern(t) for t in texts]


points = [(i * 0.5, i * 2.0) for i in range(50)]
for _ in range(200):
    lengths(points), rounded([1.5, 2.5], floor), names(["a", "bc"])
print(round(lengths(points), 6), rounded([1.5, -2.5], floor), names(["a", "bc"]))

if "train" not in sys.argv:
    try:
        lengths([(1.0, 2.0), ("x", 2.0)])
    except TypeError as error:
        print(error)
    print(rounded([1.5, -2.5], abs), rounded(["7"], int))

    def sqrt(x):
        return -x

    print(lengths(points))
    intern = str.upper
    print(names(["a", "bc"]))
