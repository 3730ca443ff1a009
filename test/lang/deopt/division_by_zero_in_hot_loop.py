# record: train
import sys


def ratios(pairs):
    out = []
    for a, b in pairs:
        try:
            out.append(a / b)
        except ZeroDivisionError as error:
            out.append(str(error))
    return out


for _ in range(50):
    ratios([(1, 2), (3, 4), (5.0, 2)])
print(ratios([(1, 2), (1, 0), (1.5, 0), (0, 5), (1, 0.0), (2 ** 70, 2 ** 69), (True, 2)]))
if len(sys.argv) > 1:
    sys.exit()


def mods(n, d):
    t = 0
    for i in range(n):
        t += i % d + i // d
    return t


for _ in range(50):
    mods(30, 7)
print(mods(30, 7), mods(30, -7), mods(30, 2.5), mods(10, 2 ** 65))
for z in (0, 0.0, False):
    try:
        mods(5, z)
    except ZeroDivisionError as error:
        print(error)
