# Generators that loops consume are copied into them; guards fail in the generator, in the loop, and in both.
def naturals(n):
    i = 0
    while i < n:
        yield i
        i += 1


def keep(predicate, items):
    for item in items:
        if predicate(item):
            yield item


def pairs(items):
    previous = None
    for item in items:
        if previous is not None:
            yield previous, item
        previous = item


def several(n):
    yield n
    for i in range(n):
        yield i * n
        yield n
    yield -1


def chained(n):
    total = 0
    for a, b in pairs(keep(lambda v: v % 3 != 0, naturals(n))):
        total += b * 2 - a
    return total


def flat(n):
    result = []
    for x in several(n):
        if x == 7:
            continue
        if x == 50:
            break
        result.append(x)
    else:
        result.append("end")
    return result


def raising(items):
    for x in items:
        yield 12 // x


def caught(items):
    seen = []
    try:
        for x in raising(items):
            seen.append(x)
    except ZeroDivisionError as error:
        seen.append(str(error))
        seen.append(error.__traceback__.tb_next.tb_lineno - raising.__code__.co_firstlineno)
    return seen


def stops(n):
    yield n
    raise StopIteration(n)


def stopped(n):
    try:
        for x in stops(n):
            n += x
    except RuntimeError as error:
        return n, str(error), repr(error.__cause__)


def nested(n):
    return [(x, y) for x in naturals(n) for y in keep(lambda v: v > x, naturals(n))]


for i in range(300):
    chained(20)
    flat(6)
    caught([1, 2, 3, 4])
    nested(4)
    stopped(2)
print(chained(100), chained(33), chained(2), chained(0))
print(flat(4), flat(7), flat(50), flat(0))
print(caught([3, 2, 1]), caught([1, 0, 5]), caught((6, 2.5, 0)))
print(stopped(3))
print(nested(5))
print(chained(10.5), flat(True))
try:
    print(chained("x"))
except TypeError as error:
    print(error)
try:
    print(caught(["a"]))
except TypeError as error:
    print(error)
big = naturals(1 << 70)
for x in big:
    if x == 3:
        break
print(next(big), big.gi_frame is not None)
big.close()
print(list(big))
