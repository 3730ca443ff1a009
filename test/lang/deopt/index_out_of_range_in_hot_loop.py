# record: train
import sys


def walk(items, n):
    total = 0
    i = 0
    try:
        while True:
            total += items[i]
            i += 1
            if i >= n:
                break
    except IndexError as error:
        return total, i, str(error)
    return total, i


a = list(range(50))
for _ in range(100):
    walk(a, 50)
if len(sys.argv) > 1:
    sys.exit()
print(walk(a, 50), walk(a, 60), walk(a[:3], 4), walk([], 1))


def shrink(items):
    seen = []
    for i in range(len(items)):
        seen.append(items[i])
        if i == 5:
            del items[6:]
    return seen


try:
    shrink(list(range(20)))
except IndexError as error:
    print(error)
print(a[-50], a[-1])
try:
    a[-51]
except IndexError as error:
    print(error)
