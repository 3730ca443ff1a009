# record: train
import sys


def f(n, drop=-1):
    value = 10
    out = 0
    for i in range(n):
        out += value
        if i == drop:
            del value
    return out, value


def g(flag, n):
    for i in range(n):
        if flag:
            found = i
    return found


for _ in range(300):
    f(5)
    g(True, 3)
print(f(5), g(True, 3))
if len(sys.argv) == 1:
    for call in (lambda: f(5, 2), lambda: f(5, 4), lambda: g(False, 3), lambda: g(True, 0)):
        try:
            print(call())
        except UnboundLocalError as error:
            print(error)

    def cell():
        def read():
            return captured

        captured = 1
        for _ in range(50):
            read()
        del captured
        return read

    try:
        cell()()
    except NameError as error:
        print(error)
    print(f(5), g(True, 3))
