# record: train
import sys


def total(it):
    t = 0
    for x in it:
        t += x
    return t


for _ in range(100):
    total(range(10))
if len(sys.argv) > 1:
    sys.exit()
print(total(range(10)), total([1, 2]), total((3, 4)), total({5: 0, 6: 0}), total({7}), total(x for x in (1, 2)), total(iter([1])), total(b"ab"), total(map(int, "12")), total({1: 2}.values()), total(zip()) , total(reversed([1, 2])), total(range(2 ** 65, 2 ** 65 + 2)), total([1.5]))


class Once:
    def __iter__(self):
        yield 1
        yield 2.5


print(total(Once()))
for bad in (5, ["a"], None, [[]]):
    try:
        total(bad)
    except TypeError as error:
        print(error)
