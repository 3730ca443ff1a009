# Functions of known kinds call each other with machine values: results of other kinds, exceptions, depth and leaving come through.
import sys


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def power(x, n):
    if n == 0:
        return 1.0
    return x * power(x, n - 1)


def grow(n, limit):
    if n > limit:
        return n
    return grow(n * n + 1, limit)


def odd(values, i, total):
    if i == len(values):
        return total
    return odd(values, i + 1, total + values[i])


def depth(n):
    if n < 0:
        raise ValueError("below zero: %d" % n)
    if n == 0:
        return 0
    return depth(n - 1) + 1


def mean(a, b):
    return (a + b) / 2


def search(low, high, steps):
    middle = mean(low, high)
    if steps == 0:
        return middle
    if middle * middle > 2.0:
        return search(low, middle, steps - 1)
    return search(middle, high, steps - 1)


def main():
    print(fib(20), power(1.5, 30), power(-0.5, 9), grow(2, 10 ** 6), depth(50), search(1.0, 2.0, 40))
    for i in range(300):
        fib(5), power(1.5, 3), grow(2, 100), odd([1, 2, 3], 0, 0), depth(5), mean(1.0, i + 0.5)
    # Other kinds than the recorded ones.
    print(fib(True), fib(2.5), power(3, 4), power(1e200, 3), power(2.0, 3), power(1 + 2j, 2))
    print(grow(2, 10 ** 30), grow(1.5, 40), odd([1, 2.5, 3], 0, 0), odd((1, 2), 0, 0), odd("ab", 0, ""))
    print(odd([10 ** 20, 1], 0, 0), odd([2 ** 61, 2 ** 61], 0, 1), mean(1, 2), mean(10 ** 20, 0.5), mean(1e308, 1e308))
    for call in (lambda: depth(-1), lambda: fib("x"), lambda: power("x", 1), lambda: mean(None, 1.0), lambda: fib(), lambda: depth(10 ** 6)):
        try:
            print(call())
        except (ValueError, TypeError, RecursionError) as error:
            print(type(error).__name__, str(error)[:40])
    print(fib(15), depth(100), power(1.25, 10))
    global fib_of
    fib_of = fib
    print(sum(map(fib_of, range(12))), [depth(n=k) for k in range(3)], max(range(5), key=fib))


main()
