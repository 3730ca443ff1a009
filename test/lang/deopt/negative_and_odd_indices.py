# record: train
import sys


def pick(seq, indices):
    out = []
    for i in indices:
        out.append(seq[i])
    return out


data = [10, 20, 30, 40]
for _ in range(100):
    pick(data, [0, 1, 2, 3])
if len(sys.argv) > 1:
    sys.exit()
print(pick(data, [0, -1, -4, 3]), pick(data, [True, False]), pick("abcd", [1, -1]), pick(data, [slice(1, 3), 0]), pick({"k": 1, 2: 3}, ["k", 2]))


class I:
    def __index__(self):
        return 2


print(pick(data, [I(), 0]), pick((1, 2, 3), [I()]))
for bad in (2 ** 70, 1.0, "x", None, 4, -5):
    try:
        pick(data, [bad])
    except (IndexError, TypeError) as error:
        print(error)
