# record: train
import sys


def f(a, b, c):
    return [a + 1, (b * 2, c - 1), {"k": a + b + c}, a + (b + (c + (a * b))), f"{a}-{b + 1}-{c}"]


for i in range(300):
    f(i, i + 1, i + 2)
print(f(1, 2, 3))
if len(sys.argv) > 1:
    sys.exit()
print(f(1, 2, 3.5), f(1.5, 2, 3), f(2 ** 61, 2 ** 61, 2 ** 62), f(True, False, True))
for args in ((1, 2, None), (1, "x", 2), ("s", 1, 1), ([], 1, 2)):
    try:
        f(*args)
    except TypeError as error:
        print(error)
