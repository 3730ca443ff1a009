# record: train
import sys


def guarded(items):
    log = []
    total = 0
    for x in items:
        try:
            try:
                total = total + x
            finally:
                log.append(("inner", total))
        except TypeError as error:
            log.append(str(error))
            continue
        except ValueError:
            log.append("value")
            break
        else:
            log.append("ok")
        finally:
            log.append(x)
    return total, log


for _ in range(300):
    guarded([1, 2])
print(guarded([1, 2]))
if len(sys.argv) == 1:
    class Strange:
        def __radd__(self, other):
            raise ValueError(other)

        def __repr__(self):
            return "Strange()"

    print(guarded([1, 2.5, 2 ** 62]), guarded([1, "x", 2]), guarded([1, None, 0.5, Strange(), 9]))
    for _ in range(100):
        guarded([1, "x", 2.5])
    print(guarded([1, "x", 2.5]), guarded([1, 2]))
