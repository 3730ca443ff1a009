# record: train
import sys


def naturals():
    n = 0
    try:
        while True:
            yield n
            n += 1
    finally:
        closed.append(n)


closed = []


def first_over(limit):
    g = naturals()
    for x in g:
        if x * x > limit:
            break
    g.close()
    return x


print([first_over(n) for n in (10, 100, 1000)], closed)
g = naturals()
print([next(g) for _ in range(5)])
for x in g:
    if x == 8:
        break
if len(sys.argv) > 1:
    sys.exit()
print(next(g), next(g))
g.close()
print(next(g, "closed"), closed)
pool = [naturals() for _ in range(10)]
print(sum(next(p) + next(p) for p in pool))
for p in pool:
    p.close()
print(len(closed))
