# group: numeric; quick: 1
# Primes below n by the sieve of Eratosthenes on a list of booleans, several rounds.
import sys


def primes_below(limit):
    flags = [True] * limit
    flags[0] = flags[1] = False
    i = 2
    while i * i < limit:
        if flags[i]:
            j = i * i
            while j < limit:
                flags[j] = False
                j += i
        i += 1
    count = 0
    total = 0
    for n in range(limit):
        if flags[n]:
            count += 1
            total += n
    return count, total


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 22
    for r in range(rounds):
        count, total = primes_below(1000000 + r * 1000)
    print(count, total)


main()
