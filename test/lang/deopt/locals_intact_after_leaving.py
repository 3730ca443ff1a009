# record: train
import sys


def f(values):
    a, b, c = 1, 2.5, "three"
    d = [a]
    e = (b, c)
    acc = 0
    for i, v in enumerate(values):
        g = i * 2
        h = a + i
        acc = acc + v
        if not isinstance(v, int):
            return sorted(locals().items(), key=lambda kv: kv[0]), acc
    return acc


ints = list(range(30))
for _ in range(100):
    f(ints)
print(f(ints))
if len(sys.argv) > 1:
    sys.exit()
print(f(ints[:5] + [0.25]))
print(f([1, 2 ** 62, 2 ** 62, 1.0]))
