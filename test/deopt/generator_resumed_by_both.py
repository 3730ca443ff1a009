# A compiled body and the interpreter take turns: guards fail between yields, exceptions are thrown in.
def totals(items):
    total = 0
    for item in items:
        try:
            sent = yield total
            if sent:
                total = total + sent
        except KeyError as error:
            print("caught", error)
            total = -1
        total = total + item
    return total


def outer(items):
    result = yield from totals(items)
    yield "result", result


for _ in range(3):
    print(list(totals(range(200)))[-1])
print(list(totals([1, 2.5, 3])))
print(list(outer([1, 2, True])))
it = outer([1 << 62, 1 << 62, 3])
print(next(it), it.send(5), it.throw(KeyError("k")))
print(list(it))
it = totals([1, "x"])
next(it)
try:
    print(next(it))
    next(it)
except TypeError as error:
    print(error)
print(list(it))
