# record: train
import sys


def work(x):
    return x + 1


def other(x):
    return x * 10


def run(n):
    out = 0
    for i in range(n):
        out += work(i)
        if i == n // 2 and swap:
            work.__code__ = other.__code__
    return out


swap = False
for _ in range(100):
    run(20)
print(run(20))
if len(sys.argv) > 1:
    sys.exit()
swap = True
print(run(20), run(20), work.__name__)
