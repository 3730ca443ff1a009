# record: train
import sys


def tally(data):
    n = 0
    last = None
    for c in data:
        if c == "a" or c == 97:
            n += 1
        last = c
    return n, last, data[0], data[-1:], len(data)


for _ in range(100):
    tally("banana")
if len(sys.argv) > 1:
    sys.exit()
print(tally("banana"), tally(b"banana"), tally(bytearray(b"a")), tally(["a", 97, 97.0]), tally("日本a"), tally(("a",)))


def join(parts):
    out = parts[0]
    for p in parts[1:]:
        out += p
    return out


for _ in range(100):
    join(["a", "b", "c"])
print(join(["a", "b"]), join([b"a", b"b"]), join([1, 2]), join([[1], [2]]), join([(1,), (2,)]), join([0.5, 1]))
try:
    join(["a", 1])
except TypeError as error:
    print(error)
