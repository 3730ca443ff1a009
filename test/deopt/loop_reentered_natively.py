# record: train
import sys


def long_loop(n, odd_at):
    total = 0
    extra = 1
    for i in range(n):
        total += extra
        if i == odd_at:
            extra = 0.5
        elif i == odd_at + 50:
            total = int(total)
            extra = 1
    return total


for _ in range(20):
    long_loop(2000, -1)
print(long_loop(2000, -1))
if len(sys.argv) == 1:
    print(long_loop(5000, 100), long_loop(5000, 4990), long_loop(20000, 10000), long_loop(10, 0))

    def nested(n):
        acc = []
        for i in range(n):
            row = 0
            for j in range(n):
                row += j if (i, j) != (n // 2, n // 2) else 0.5
            acc.append(row)
        return acc

    print(nested(5), sum(nested(60)))
