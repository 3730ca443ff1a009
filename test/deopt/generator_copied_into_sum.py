# sum, any and all of a generator expression become loops; guards fail in the generator, and the rest is consumed
# as before.
def total(items, factor):
    return sum(x * factor for x in items)


def counted(rows, limit):
    return sum(1 for row in rows for v in row if v > limit)


def tests(items, limit):
    return any(x > limit for x in items), all(x <= limit for x in items)


def around(rows, x, y):
    return sum(rows[j][i] for j in range(max(0, y - 1), min(len(rows), y + 2)) for i in range(max(0, x - 1), min(len(rows[0]), x + 2)) if (i, j) != (x, y))


def divided(items):
    return sum(60 // x for x in items)


def stopping(items):
    return sum(next(iter(x)) for x in items)


class Odd:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        if self.value is None:
            raise ValueError("no truth")
        return self.value


def truths(items):
    return any(x for x in items), all(x for x in items)


rows = [[(x * y) % 7 for x in range(9)] for y in range(9)]
for _ in range(300):
    total([1, 2, 3], 4)
    counted(rows, 3)
    tests([1, 2, 3], 3)
    around(rows, 4, 4)
    divided([1, 2, 3])
    stopping([[1], [2]])
    truths([True, False, 1])
print(total([1, 2, 3], 5), total([], 1), total([1, 2.5, 3], 2), total([1, 1 << 62, 3], 3), total((4, 5), 2))
print(total([1 << 61, 1 << 61, 1 << 61], 1), total([1, 2, True], 1), total(range(5), 3))
print(counted(rows, 3), counted([[1, 9.5], [], (5,)], 3))
print(tests([1, 2, 3], 3), tests([5, 1], 3), tests([], 0), tests([1.5, 9, 0], 3), tests([2, "x"], 5) if False else "")
print([around(rows, x, y) for x in (0, 4, 8) for y in (0, 4, 8)], around([(1, 2), (3.5, 4)], 0, 1))
print(divided([1, 2, 3, 4]), divided([1, 2.5, 3]))
for bad in (lambda: divided([5, 0, 1]), lambda: total([1, "x"], 2), lambda: total([1, None], 2), lambda: stopping([[1], []]),
            lambda: truths([Odd(False), Odd(None)]), lambda: tests([1, "x"], 5)):
    try:
        print(bad())
    except Exception as error:
        depth, entry = [], error.__traceback__
        while entry:
            depth.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
            entry = entry.tb_next
        print(type(error).__name__, error, depth)
print(truths([Odd(False), Odd(True)]), truths([]), truths(["", 0]))
