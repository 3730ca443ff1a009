# record: train
import sys


def grid(n, poison):
    rows = []
    for y in range(n):
        row = []
        for x in range(n):
            v = x * y
            if (x, y) == poison:
                v = v + 0.5
            row.append(v)
        total = 0
        for v in row:
            total += v
        rows.append(total)
    return rows


for _ in range(20):
    grid(12, None)
if len(sys.argv) > 1:
    sys.exit()
print(grid(8, None), grid(8, (3, 4)), grid(8, (7, 7)), sum(grid(30, (29, 29))))


def triple(n):
    c = 0
    for i in range(n):
        for j in range(i):
            for k in range(j):
                if i + j + k == 3 * n - 6:
                    c = str(c)
                c = c + 1 if not isinstance(c, str) else c + "1"
    return c


print(triple(5), triple(8), triple(12))
