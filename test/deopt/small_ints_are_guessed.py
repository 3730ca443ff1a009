# record: train
# Without a record ints are taken to stay small, and every operand may be anything: overflow, floats, bools, subclasses, errors.
import sys


class Odd(int):
    def __add__(self, other):
        return "odd"


def powers(n):
    i = 0
    x = 1
    while i < n:
        x = x * 3 + i
        i += 1
    return x


def ops(a, b):
    out = []
    for f in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a // b, lambda: a % b, lambda: a / b, lambda: a & b, lambda: a | b,
              lambda: a ^ b, lambda: a << b, lambda: a >> b, lambda: a < b, lambda: a == b, lambda: a >= b):
        try:
            out.append(f())
        except Exception as error:
            out.append(type(error).__name__)
    return out


def pick(items, i):
    try:
        items[i] = items[i - 1]
        return items[i], bool(items[i])
    except Exception as error:
        return str(error)


def depth(n):
    return 0 if n == 0 else depth(n - 1) + 1


print(powers(5), ops(7, 2), pick([1, 2], 1), depth(50))
if len(sys.argv) == 1:
    for n in (30, 39, 40, 41, 100):
        print(powers(n))
    big = 2 ** 62
    for a, b in ((big - 1, 1), (-big, -1), (-big, 1), (7, -2), (-7, 2), (7, 0), (1, 62), (1, 61), (-1, 70), (3, -1), (2.5, 2), (2, 2.5), (0.0, -0.0),
                 (1e300, 1e300), (float("nan"), 1.0), (True, 3), (True, False), (Odd(3), 4), (4, Odd(3)), ("a", 3), (big, 1.0)):
        print(a, b, ops(a, b))
    for items, i in (([1, 2], 1), ([1, 2], -1), ([1, 2], 2), ([], 0), ((1, 2), 1), ({1: 5, 0: 0}, 1), ("ab", 1), ([0.0, ""], 1), ([1, 2], True)):
        print(pick(items, i))
    try:
        depth(100000)
    except RecursionError as error:
        print(error)
    print(depth(500))
