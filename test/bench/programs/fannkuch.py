# group: numeric; quick: 1
# Most flips of a pancake stack over all permutations, with an alternating checksum.
import sys


def fannkuch(n):
    order = list(range(n))
    counts = [0] * n
    most = 0
    checksum = 0
    sign = 1
    remaining = n
    while True:
        while remaining != 1:
            counts[remaining - 1] = remaining
            remaining -= 1
        if order[0] != 0:
            stack = order[:]
            flips = 0
            top = stack[0]
            while top != 0:
                low, high = 0, top
                while low < high:
                    stack[low], stack[high] = stack[high], stack[low]
                    low += 1
                    high -= 1
                flips += 1
                top = stack[0]
            if flips > most:
                most = flips
            checksum += sign * flips
        # The next permutation: rotate ever longer prefixes until one has rotations left.
        while True:
            if remaining == n:
                return checksum, most
            first = order[0]
            for i in range(remaining):
                order[i] = order[i + 1]
            order[remaining] = first
            counts[remaining] -= 1
            if counts[remaining] > 0:
                break
            remaining += 1
        sign = -sign


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    for _ in range(rounds):
        checksum, most = fannkuch(9)
    print(checksum, most)


main()
