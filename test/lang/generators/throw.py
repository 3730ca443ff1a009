def g():
    while True:
        try:
            v = yield "waiting"
            print("value", v)
        except ValueError as error:
            print("caught", error)
            yield "recovered"
        finally:
            print("cleanup")


it = g()
next(it)
print(it.throw(ValueError("one")))
print(next(it))
print(it.throw(ValueError, "two"))
try:
    it.throw(KeyError("out"))
except KeyError as error:
    print("escaped", error)
print(list(it))


def fresh():
    yield 1


f = fresh()
try:
    f.throw(RuntimeError("before start"))
except RuntimeError as error:
    print(error, list(f))
for bad in (5, "x"):
    try:
        fresh().throw(bad)
    except TypeError as error:
        print(error)
