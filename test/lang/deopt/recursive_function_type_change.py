# record: train
import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


print(fib(15), fib(15.0), fib(True))


def power(b, e):
    return 1 if e == 0 else b * power(b, e - 1)


for _ in range(50):
    power(2, 10)
if len(sys.argv) > 1:
    sys.exit()
print(power(2, 10), power(2, 100), power(1.5, 3), power("x", 0))
try:
    power("x", 1)
    power("x", 2)
except TypeError as error:
    print(error)
try:
    fib("10")
except TypeError as error:
    print(error)
