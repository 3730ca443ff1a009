# record: train
import sys


def rotate(items, k):
    n = len(items)
    out = [None] * n
    for i in range(n):
        out[(i + k) % n] = items[i]
    return out


def peek(items, i, j):
    a = items[i]
    b = items[j]
    items[i] = b
    items[j] = a
    return a, b, items


for i in range(300):
    rotate([1, 2, 3, 4], i)
    peek([1, 2, 3, 4], i % 4, 0)
print(rotate([1, 2, 3], 1), peek([1, 2, 3], 0, 2))
if len(sys.argv) == 1:
    print(peek([1, 2, 3], -1, 0), peek([1, 2, 3], -3, -2), peek([1.5, "x"], 1, 0), peek({"a": 1, "b": 2}, "a", "b"), peek(bytearray(b"ab"), 0, 1))
    for items, i, j in (([1, 2], 2, 0), ([1, 2], 0, -3), ([], 0, 0), ((1, 2), 0, 1), ([1], 2 ** 70, 0), ([1, 2], 0, None), ("ab", 0, 1)):
        try:
            peek(items, i, j)
        except (IndexError, TypeError) as error:
            print(type(error).__name__, error, items)
