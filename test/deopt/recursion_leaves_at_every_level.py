# record: train
import sys


def depth_sum(tree):
    if tree is None:
        return 0
    left, value, right = tree
    here = value + 1
    return depth_sum(left) + here + depth_sum(right)


def build(n, leaf):
    if n == 0:
        return (None, leaf, None)
    return (build(n - 1, leaf), n, build(n - 1, leaf))


for _ in range(50):
    depth_sum(build(4, 1))
print(depth_sum(build(6, 1)))
if len(sys.argv) == 1:
    print(depth_sum(build(6, 0.25)), depth_sum(build(3, 2 ** 62)), depth_sum([None, 5, (None, 1, [None, True, None])]))
    for bad in ((None, "x", None), (None, 1), 5, (1, 2, 3)):
        try:
            depth_sum((None, 1, (bad, 2, None)))
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
