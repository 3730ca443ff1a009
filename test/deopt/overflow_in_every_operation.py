# record: train
import sys

EDGE = 2 ** 62


def ops(a, b):
    c = a + b
    d = a - b
    e = a * b
    f = -a
    return c, d, e, f, abs(a), a << 2, (a + 1) * (b - 1)


def loop(start, step, n):
    x = start
    trail = 0
    for i in range(n):
        x += step
        trail ^= i
    return x, trail


for i in range(300):
    ops(i, 3)
    loop(0, i, 10)
print(ops(5, 3), loop(0, 7, 10))
if len(sys.argv) == 1:
    for a, b in ((EDGE - 1, 1), (-EDGE, 1), (EDGE - 1, EDGE - 1), (3037000500, 3037000500), (-EDGE, -1), (EDGE // 2, 2), (EDGE // 4, 1), (EDGE // 4 * 3, 0)):
        print(ops(a, b))
    print(loop(EDGE - 5, 1, 10), loop(-EDGE + 5, -1, 10), loop(0, EDGE // 4, 9), loop(EDGE, -1, 5), loop(0, 2 ** 70, 3))
    for _ in range(100):
        loop(EDGE - 5, 1, 10)
    print(loop(EDGE - 5, 1, 10), loop(0, 1, 10))
