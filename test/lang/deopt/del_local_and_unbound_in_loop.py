# record: train
import sys


def f(n, drop):
    x = 0
    for i in range(n):
        x += i
        if i == drop:
            del x
    return x


for _ in range(100):
    f(10, None)
print(f(10, None))
if len(sys.argv) > 1:
    sys.exit()
for drop in (3, 9):
    try:
        f(10, drop)
    except UnboundLocalError as error:
        print(error)


def g(n):
    for i in range(n):
        if i > 0:
            y = prev + 1
        prev = i
    return y


for _ in range(50):
    g(5)
print(g(5))
for n in (0, 1):
    try:
        g(n)
    except UnboundLocalError as error:
        print(error)
