# Intermediate results of arithmetic with large ints: each is used once, twice, or by an operation that fails.
def mix(a, b, c):
    first = (a * b + c) * (a - b) - c * c
    second = (a * b) // (c + 1) - (a * b) % (c + 1)
    twice = a * b
    square = twice * twice - twice
    less = a * b - c < c * c + b
    return first, second, square, less, ((a << 5) ^ b) & (c | a), (a * b) >> 3


def fail(a, b):
    try:
        return (a * b) // (a * b - a * b)
    except ZeroDivisionError as error:
        return str(error), a * b - a


def series(n):
    total, step = 1, 3
    for i in range(n):
        total = total * step + (total - i) * 7 - total // 3
        if i % 2:
            total = -total
    return total


def main():
    for i in range(300):
        a, b, c = 3 ** i + i, -(7 ** (i % 40)) - 1, 5 ** (i % 60) + 2
        values = mix(a, b, c)
        if i % 50 == 7:
            print(values, fail(a, b))
    print(series(10), series(400), series(400) == series(400))
    print([series(n) % 1000007 for n in range(0, 200, 20)])
    keep = [series(n) * 2 - 1 for n in range(300)]
    print(sum(keep) % (10 ** 9 + 7), keep[5], keep[63])


main()
