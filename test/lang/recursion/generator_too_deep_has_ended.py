# A generator that cannot go on because of the depth of calls is finished.
import sys


def gen():
    yield 1
    yield 2


def probe(g, n):
    if n:
        return probe(g, n - 1)
    try:
        return next(g)
    except RecursionError:
        return "too deep"


for started in (False, True):
    met = False
    for n in range(sys.getrecursionlimit() - 20, sys.getrecursionlimit() + 1):
        g = gen()
        if started:
            next(g)
        try:
            if probe(g, n) == "too deep":
                met = True
                assert list(g) == [], list(g)
        except RecursionError:
            pass
    print(met)
