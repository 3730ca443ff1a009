# record: train
import sys


def product(n):
    total = 1
    for i in range(1, n):
        total = total * i
    return total


def doubling(limit):
    x = 1
    steps = 0
    while steps < limit:
        x = x + x
        steps += 1
    return x


for _ in range(300):
    product(10)
    doubling(20)
if len(sys.argv) > 1:
    sys.exit()
print(product(12), product(25), product(40))
print(doubling(61), doubling(62), doubling(63), doubling(200))
