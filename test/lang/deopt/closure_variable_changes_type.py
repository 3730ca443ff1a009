# record: train
import sys


def make():
    state = 0

    def add(x):
        nonlocal state
        state = state + x
        return state

    def reset(v):
        nonlocal state
        state = v

    return add, reset


add, reset = make()
for i in range(300):
    add(i)
print(add(0))
if len(sys.argv) > 1:
    sys.exit()
reset(0.5)
print(add(1), add(2 ** 62))
reset("s")
print(add("tring"))
try:
    add(1)
except TypeError as error:
    print(error)
reset([])
print(add([1]), add([2]))
reset(2 ** 62 - 1)
print(add(1), add(-1))
