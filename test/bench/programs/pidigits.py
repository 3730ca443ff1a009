# group: numeric; quick: 300
# Digits of pi by a spigot of linear fractional transformations on big integers.
import sys


def digits():
    q, r, t, k, n, step = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, n = q * k, (2 * q + r) * step, t * step, (q * (7 * k + 2) + r * step) // (t * step)
            k += 1
            step += 2


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 6000
    line = []
    for i, digit in enumerate(digits(), 1):
        line.append(str(digit))
        if i % 50 == 0:
            print("".join(line), i)
            line = []
        if i >= count:
            break
    if line:
        print("".join(line))


main()
