# record: train
import sys


class A:
    def f(self, x):
        return x + 1


class B(A):
    def f(self, x):
        return super().f(x) * 2


def run(o, n):
    t = 0
    for i in range(n):
        t += o.f(i)
    return t


b = B()
for _ in range(50):
    run(b, 20)
print(run(b, 20))
if len(sys.argv) > 1:
    sys.exit()


class A2:
    def f(self, x):
        return -x


B.__bases__ = (A2,)
print(run(b, 20))
A2.f = lambda self, x: 0.5
print(run(b, 20))
b.f = lambda x: 1
print(run(b, 20))
del A2.f
del b.f
try:
    run(b, 1)
except AttributeError as error:
    print(error)
