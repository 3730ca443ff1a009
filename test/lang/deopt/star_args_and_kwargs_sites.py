# record: train
import sys


def f(a, b=2, *rest, k=0, **kw):
    return a + b + sum(rest) + k + sum(kw.values())


def run(calls):
    t = 0
    for args, kw in calls:
        t += f(*args, **kw)
    return t


for _ in range(100):
    run([((1, 2), {}), ((3,), {})])
if len(sys.argv) > 1:
    sys.exit()
print(run([((1, 2), {})]), run([((1,), {"b": 5})]), run([([1, 2, 3, 4], {"k": 1, "z": 9})]), run([(range(5), {})]), run([({1: 0, 2: 0}, {"k": 2.5})]))
for args, kw in (((), {}), ((1,), {"a": 2}), ((1, "x"), {}), (5, {}), ((1,), 5)):
    try:
        run([(args, kw)])
    except TypeError as error:
        print(error)
