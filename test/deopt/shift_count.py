# record: train
import sys


def shifts(x, n):
    left = x << n
    right = x >> n
    return left, right, left | right, (x << n) >> n == x


for i in range(400):
    shifts(i, i % 5)
print(shifts(13, 3))
if len(sys.argv) == 1:
    for x, n in ((1, 61), (1, 62), (1, 63), (1, 64), (1, 200), (-1, 62), (0, 64), (5, 1000), (-5, 63), (2 ** 61, 1), (2 ** 70, 3), (True, 70)):
        print(x, n, shifts(x, n))
    for x, n in ((1, -1), (0, -5), (2 ** 70, -1), (1, 1.5)):
        try:
            shifts(x, n)
        except (ValueError, TypeError) as error:
            print(error)
