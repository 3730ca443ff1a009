# record: train
import sys


def window(items, size):
    buffer = []
    total = 0
    for i, x in enumerate(items):
        buffer.append(x)
        total = total + x
        if len(buffer) > size:
            total = total - buffer.pop(0)
        got = yield i, total, list(buffer)
        if got is not None:
            total = got


def drive(items, size):
    last = None
    for last in window(items, size):
        pass
    return last


for _ in range(200):
    drive([1, 2, 3, 4, 5], 2)
print(drive([1, 2, 3, 4, 5], 2))
if len(sys.argv) == 1:
    print(drive([1, 2.5, 3, 2 ** 62, 2 ** 62, 1], 2), drive([True, 1j, 2], 1), drive([], 1))
    g = window([1, 2, 3, 4], 9)
    print(next(g), g.send(0.5), next(g), g.send(2 ** 62))
    try:
        drive([1, "x"], 2)
    except TypeError as error:
        print(error)
    g = window([1, 2, "boom"], 2)
    seen = []
    try:
        for item in g:
            seen.append(item)
    except TypeError as error:
        print(seen, error, list(g))
