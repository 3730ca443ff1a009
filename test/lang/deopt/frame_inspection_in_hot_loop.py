# record: train
import sys


def peek():
    frame = sys._getframe(1)
    return frame.f_code.co_name, sorted(frame.f_locals), frame.f_lineno - frame.f_code.co_firstlineno


def run(n, look):
    total = 0
    for i in range(n):
        sq = i * i
        total += sq
        if i == look:
            seen = peek()
    return (total, seen) if look is not None else total


for _ in range(50):
    run(30, None)
if len(sys.argv) > 1:
    sys.exit()
print(run(30, None), run(30, 20))


def outer(k):
    secret = k * 2

    def inner():
        return sys._getframe(1).f_locals["secret"]

    return inner()


print([outer(k) for k in range(5)])
print(sys._getframe().f_code.co_name, sys._getframe(0).f_globals is globals())
try:
    sys._getframe(1000)
except ValueError as error:
    print(error)
