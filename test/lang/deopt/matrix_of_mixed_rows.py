# record: train
import sys


def matvec(m, v):
    out = []
    for row in m:
        s = 0
        for i in range(len(v)):
            s += row[i] * v[i]
        out.append(s)
    return out


ints = [[i + j for j in range(4)] for i in range(4)]
for _ in range(50):
    matvec(ints, [1, 2, 3, 4])
if len(sys.argv) > 1:
    sys.exit()
print(matvec(ints, [1, 2, 3, 4]), matvec(ints, [0.5, 1, 1.5, 2]), matvec([[0.1, 0.2], [3, 4], (5, 6)], [1, 2]), matvec([{0: 1, 1: 2}], [3, 4]), matvec([[2 ** 40, 2 ** 40]], [2 ** 40, 1]))
for bad in (([[1]], [1, 2]), ([["a"]], [1]), ([5], [1]), ([[None]], [1])):
    try:
        matvec(*bad)
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
