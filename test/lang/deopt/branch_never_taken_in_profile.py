# record: train
import sys


def f(x, flag):
    total = 0
    for i in range(20):
        if flag and i == 10:
            y = [total, x]
            total = sum(v for v in y) + len({1, 2})
            x = str(x) + "!"
        elif x == "never":
            total = undefined_anyway
        total += i
    return total, x


for i in range(200):
    f(i, False)
if len(sys.argv) > 1:
    sys.exit()
print(f(1, False), f(1, True), f(2.5, True))
try:
    f("never", False)
except NameError as error:
    print(error)
