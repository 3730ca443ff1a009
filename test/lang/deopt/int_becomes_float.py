# record: train
import sys


def accumulate(items):
    total = 0
    for item in items:
        total += item
    return total


ints = list(range(200))
for _ in range(50):
    accumulate(ints)
print(accumulate(ints))
if len(sys.argv) > 1:
    sys.exit()
mixed = ints + [0.5] + ints
print(accumulate(mixed), accumulate([1.5, 2.5]), accumulate([True, 2]), accumulate([1 + 2j, 3]))
print(accumulate([2 ** 62, 2 ** 62, -1]), accumulate([]))
try:
    accumulate([1, 2, "three"])
except TypeError as error:
    print(error)
