# record: train
import sys


def helper(x):
    return x + 1


def run(n):
    out = 0
    for i in range(n):
        out += helper(i)
        if i == n - 3:
            swap()
    return out


def swap():
    global helper
    helper = lambda x: x * 1000


def keep():
    pass


real_swap, swap = swap, keep
for _ in range(100):
    run(50)
print(run(100))
if len(sys.argv) > 1:
    sys.exit()
swap = real_swap
print(run(100))
del helper
try:
    run(5)
except NameError as error:
    print(error)
