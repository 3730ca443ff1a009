# record: train
import sys


def ratio(a, b):
    q = a // b
    r = a % b
    return q, r, a / b


def sweep(pairs):
    out = []
    for a, b in pairs:
        note = (a, b)
        try:
            out.append(ratio(a, b))
        except ZeroDivisionError as error:
            out.append((note, str(error)))
        finally:
            last = note
    return out, last


for i in range(300):
    sweep([(i, 7), (i + 1, 3)])
print(sweep([(9, 7), (-9, 7)]))
if len(sys.argv) == 1:
    print(sweep([(1, 0), (1, 2), (0, 0), (5, -3), (1.0, 0), (0.0, 1), (1, 0.0), (2 ** 70, 0), (-2 ** 62, -1)]))

    for _ in range(50):
        sweep([(1, 0)])
    print(sweep([(7, 2)]))
