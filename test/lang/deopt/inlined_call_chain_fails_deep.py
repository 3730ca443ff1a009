# record: train
import sys


def a(x):
    y = b(x) + 1
    return y * 2


def b(x):
    z = c(x, 3)
    return z + x


def c(x, k):
    return x * k - d(x)


def d(x):
    return x + 1


def run(values):
    return [a(v) for v in values]


for _ in range(100):
    run([1, 2, 3])
if len(sys.argv) > 1:
    sys.exit()
print(run([1, 2, 3]), run([1.5]), run([2 ** 62]), run([2 ** 200]))
import traceback

try:
    run([1, None])
except TypeError:
    print([f.name for f in traceback.extract_tb(__import__("sys").exc_info()[2])])
try:
    run(["s"])
except TypeError as error:
    print(error)
