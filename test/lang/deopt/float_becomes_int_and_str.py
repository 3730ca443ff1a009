# record: train
import sys


def scale(values, k):
    result = []
    for v in values:
        result.append(v * k + v)
    return result


for i in range(100):
    scale([1.0, 2.5, i / 3], 2.0)
if len(sys.argv) > 1:
    sys.exit()
print(scale([1.0, 2.5], 2.0), scale([1, 2], 2), scale(["ab", "c"], 2), scale([[1]], 3), scale([1.5, 2, True, 10 ** 20], 2))
try:
    scale([1.0, None], 2.0)
except TypeError as error:
    print(error)
