# record: train
import sys


def kind(x):
    if type(x) is int:
        return "int"
    if isinstance(x, (float, complex)):
        return "number"
    if isinstance(x, str):
        return "str"
    if x is None:
        return "none"
    if callable(x):
        return "callable"
    return "other"


def run(items):
    return [kind(x) for x in items]


for _ in range(100):
    run([1, 2, 3])
class MyInt(int): pass
print(run([1, True, 1.5, 2j, "s", None, len, [], MyInt(3), 2 ** 70]))


class Meta(type):
    def __instancecheck__(cls, x):
        return x == 5


class Five(metaclass=Meta):
    pass


def fives(items):
    n = 0
    for x in items:
        if isinstance(x, Five):
            n += 1
    return n


for _ in range(50):
    fives([5, 6])
print(fives([5, 5.0, "5", 6]))
if len(sys.argv) > 1:
    sys.exit()
isinstance = lambda a, b: True
print(fives([1, 2, 3]), kind([]))
del isinstance
print(fives([1, 2, 3]))
