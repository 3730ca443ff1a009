# record: train
import sys


def pairs(items):
    out = 0
    for a, b in items:
        out += a * b
    return out


def parts(t):
    first, *middle, last = t
    (x, y), z = (first, last), middle
    return x, y, z


for _ in range(300):
    pairs([(1, 2), (3, 4)])
    parts((1, 2, 3))
print(pairs([(1, 2), (3, 4)]), parts((1, 2, 3)))
if len(sys.argv) == 1:
    print(pairs([[1, 2], (3, 4), range(2), {5: 0, 6: 0}, iter([7, 8]), (1.5, 2)]), parts([1, 2]), parts("abcd"), parts(range(5)))
    for bad in ([(1,)], [(1, 2, 3)], [5], [(1, 2), ()], ["ab"], [None]):
        try:
            print(pairs(bad))
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
    try:
        parts((1,))
    except ValueError as error:
        print(error)
