# record: train
import sys


def double(x):
    return x * 2


def apply(f, n):
    acc = []
    for i in range(n):
        pending = i
        acc.append(f(i))
    return acc, pending


class Adder:
    def __init__(self, k):
        self.k = k

    def __call__(self, x):
        return self.k + x

    def method(self, x):
        return self.k - x


for _ in range(300):
    apply(double, 4)
print(apply(double, 4))
if len(sys.argv) == 1:
    a = Adder(10)
    print(apply(lambda x: -x, 3), apply(a, 3), apply(a.method, 3), apply(str, 3), apply([7, 8, 9].__getitem__, 3), apply(double, 2), apply(Adder, 1)[0][0].k)
    for bad in (lambda: 0, None, "f", 5):
        try:
            apply(bad, 2)
        except TypeError as error:
            print(error)
    double.__code__ = (lambda x: x * 200).__code__
    print(apply(double, 3))
