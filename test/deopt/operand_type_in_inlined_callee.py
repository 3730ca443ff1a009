# record: train
import sys
import traceback


def square(x):
    y = x * x
    return y + 1


def both(a, b):
    p = square(a)
    q = square(b)
    return p - q


def run(values):
    out = []
    for a, b in values:
        keep = (a, b)
        out.append(both(a, b))
        out.append(keep)
    return out


for _ in range(300):
    run([(1, 2), (3, 4)])
print(run([(1, 2)]))
if len(sys.argv) == 1:
    print(run([(1, 2), (1.5, 2), (3, 2.5), (True, 1j)]))
    for pair in ((1, "s"), (None, 1), ([], 2)):
        try:
            run([(1, 1), pair])
        except TypeError:
            print([(f.name, f.lineno) for f in traceback.extract_tb(sys.exc_info()[2])])
            print(sys.exc_info()[1])
