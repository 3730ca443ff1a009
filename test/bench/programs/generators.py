# group: general; quick: 50000
# Pipelines of generators: sources, filters, windows, merges, and a recursive walk with `yield from`.
import sys


def naturals(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def keep(predicate, items):
    for item in items:
        if predicate(item):
            yield item


def scaled(items, factor):
    for item in items:
        yield item * factor


def running(items):
    total = 0
    for item in items:
        total += item
        yield total


def pairs(items):
    previous = None
    for item in items:
        if previous is not None:
            yield previous, item
        previous = item


def merged(a, b):
    end = object()
    x, y = next(a, end), next(b, end)
    while x is not end and y is not end:
        if x <= y:
            yield x
            x = next(a, end)
        else:
            yield y
            y = next(b, end)
    if x is not end:
        yield x
        yield from a
    if y is not end:
        yield y
        yield from b


def balanced(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return balanced(low, middle), middle, balanced(middle + 1, high)


def walk(node):
    if node is not None:
        left, value, right = node
        yield from walk(left)
        yield value
        yield from walk(right)


def averager():
    total = count = 0
    average = None
    while True:
        total += yield average
        count += 1
        average = total // count


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 4000000
    stream = running(scaled(keep(lambda n: n % 3 != 0, naturals(size)), 2))
    checksum = 0
    for a, b in pairs(stream):
        checksum = (checksum + (b - a)) % 1000000007
    print(checksum)

    checksum = 0
    for item in merged(iter(range(0, size, 3)), naturals(size // 4)):
        checksum = (checksum * 7 + item) % 1000000007
    print(checksum)

    tree = balanced(0, size // 16)
    print(sum(1 for _ in walk(tree)), sum(value for value in walk(tree)))

    average = averager()
    next(average)
    result = 0
    for n in range(size // 2):
        result = average.send(n)
    print(result)


main()
