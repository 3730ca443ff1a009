# record: train
import sys


def gen(items):
    total = 0
    for x in items:
        total = total + x
        got = yield total
        if got is not None:
            total = got


for _ in range(50):
    list(gen(range(20)))
if len(sys.argv) > 1:
    sys.exit()
print(list(gen([1, 2, 3])), list(gen([1, 2.5, 2 ** 62, 2 ** 62])))
g = gen([1, 2, 3])
print(next(g), g.send(100), next(g))
g = gen([1, 2, 3])
next(g)
try:
    g.send("str")
except TypeError as error:
    print(error)
print(list(g))


def consumer(n):
    out = 0
    for v in gen(range(n)):
        out += v
        if v > 50:
            break
    return out


print([consumer(n) for n in (5, 10, 20, 200)])
