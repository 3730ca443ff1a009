# record: train
import sys


def loop(n):
    t = 0
    for i in range(n):
        t += i
    return t


for _ in range(200):
    loop(10)


class Ix:
    def __index__(self):
        return 4


print(loop(10), loop(0), loop(-5), loop(True), loop(Ix()))
for bad in (2.0, "3", None):
    try:
        loop(bad)
    except TypeError as error:
        print(error)


def steps(a, b, s):
    out = 0
    for i in range(a, b, s):
        out = out * 10 + i
        if i > 2 ** 61:
            break
    return out


for _ in range(100):
    steps(0, 5, 1)
if len(sys.argv) > 1:
    sys.exit()
print(steps(0, 5, 1), steps(5, 0, -1), steps(0, 9, 4), steps(2 ** 62 - 2, 2 ** 62 + 2, 1))
try:
    steps(0, 1, 0)
except ValueError as error:
    print(error)
