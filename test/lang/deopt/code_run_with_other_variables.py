# One code object with other globals, other constants, other defaults than those it was compiled for.
# record: train
import sys
import types

N = 5


def f(n):
    t = 0
    for i in range(n):
        t += N
    return t


def g():
    return len([1, 2, 3]) + N


def ten():
    return 10


for _ in range(100):
    f(50), g(), ten()
print(f(10), g(), ten())
if len(sys.argv) > 1:
    sys.exit()
other = types.FunctionType(f.__code__, {"N": 100, "range": range})
print(f(10), other(10), [other(k) for k in (0, 1, 3000)])
print(g(), types.FunctionType(g.__code__, {"N": 1, "len": lambda x: 7})())
changed = ten.__code__.replace(co_consts=tuple(20 if c == 10 else c for c in ten.__code__.co_consts))
twenty = types.FunctionType(changed, globals())
print(ten(), twenty())
f.__code__ = (lambda n: n - N).__code__
print(f(10), other(2))
