# record: train
import sys


def scale(x, factor, n):
    seen = []
    for i in range(n):
        x = x * factor
        seen.append(x + 0.0)
    return seen[-1], len(seen), sum(seen) != sum(seen)


for i in range(300):
    scale(1.5, 1.01, 10)
print(scale(1.5, 1.01, 10))
if len(sys.argv) == 1:
    print(scale(1.5, 1e20, 12), scale(1.5, 1e20, 20), scale(1.0, 1e-20, 12), scale(1.0, 1e-20, 20), scale(-1.0, 1e-30, 15), scale(float("inf"), 0.0, 2), scale(2.0 ** 250, 2.0, 10), scale(2.0 ** -250, 0.5, 10), scale(0.0, -1.0, 3))
    print(scale(2, 3, 5), scale(1.5, 1.01, 10))
