# record: train
import sys

mode = "int"


def source(i):
    if mode == "int":
        return i
    if mode == "float":
        return i + 0.5
    if mode == "str":
        return str(i)
    if mode == "none" and i == 7:
        return None
    return i


def run(n):
    t = 0
    log = []
    for i in range(n):
        v = source(i)
        t = t + v if not isinstance(v, str) else str(t) + v
        log.append(v)
    return t, log[-2:]


for _ in range(200):
    run(10)
print(run(10))
if len(sys.argv) == 1:
    for mode in ("float", "str", "int", "none"):
        try:
            print(mode, run(9))
        except TypeError as error:
            print(mode, error)
    mode = "int"
    print(run(10))
