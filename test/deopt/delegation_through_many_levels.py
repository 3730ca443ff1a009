# A chain of `yield from` is resumed at its innermost end: results, exceptions, what is thrown in and guards that fail
# pass through all levels.
def tree(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return tree(low, middle), middle, tree(middle + 1, high)


def walk(node):
    if node is not None:
        left, value, right = node
        yield from walk(left)
        yield value
        yield from walk(right)


def counted(n):
    if n == 0:
        yield "leaf"
        return 0
    below = yield from counted(n - 1)
    yield below
    return below + 1


def failing(n, error):
    if n == 0:
        yield "first"
        raise error
    yield from failing(n - 1, error)


def adding(n, step):
    total = 0
    if n:
        total = yield from adding(n - 1, step)
    for i in range(3):
        yield total
        total = total + step
    return total


print(sum(walk(tree(0, 500))), list(walk(tree(0, 20))))
print(list(counted(6)))
for error in ValueError("v"), StopIteration(3):
    try:
        for item in failing(4, error):
            print(item)
    except Exception as caught:
        print(repr(caught), repr(caught.__cause__))
        depth, entry = 0, caught.__traceback__
        while entry:
            depth, entry = depth + 1, entry.tb_next
        print(depth)
print(list(adding(3, 1))[-1], list(adding(3, 1 << 62))[-1], list(adding(2, 0.5)))
it = counted(5)
print(next(it), next(it), next(it), it.gi_yieldfrom is not None)
try:
    it.throw(KeyError("k"))
except KeyError as error:
    print(repr(error), it.gi_frame)
it = counted(5)
next(it)
it.close()
print(list(it))


def itself(n):
    if n == 0:
        yield next(holder[0])
    else:
        yield from itself(n - 1)


holder = [itself(3)]
try:
    next(holder[0])
except ValueError as error:
    print(error)


def endless(n):
    yield n
    yield from endless(n + 1)


try:
    for item in endless(0):
        pass
except RecursionError as error:
    print(str(error)[:32], item > 500)


def aware(n):
    try:
        yield n
        if n:
            yield from aware(n - 1)
    finally:
        print("end", n)


print(list(aware(3)))
