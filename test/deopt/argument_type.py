# record: train
import sys


def area(w, h=2, *, scale=1):
    a = w * h
    return a * scale


def use(n):
    t = 0
    for i in range(n):
        t += area(i) + area(i, 3) + area(i, h=4, scale=2)
    return t


for _ in range(100):
    use(10)
print(use(10))
if len(sys.argv) == 1:
    print(area(1.5), area("ab"), area([1], 2, scale=2), area(2 ** 61, 2), area(3, 0.5), area(True, False), area(2, scale=0.25))
    area.__defaults__ = (0.5,)
    print(use(10))
    area.__kwdefaults__ = {"scale": "x"}
    try:
        print(use(3))
    except TypeError as error:
        print(error)
    area.__kwdefaults__ = {"scale": 1}
    print(use(3))
