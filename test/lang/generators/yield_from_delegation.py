def inner():
    try:
        x = yield "i1"
        print("inner got", x)
        y = yield "i2"
        print("inner got", y)
    except ValueError as error:
        print("inner caught", error)
        yield "handled"
    finally:
        print("inner done")
    return "inner result"


def outer():
    result = yield from inner()
    print("outer has", result)
    yield "o1"
    return (yield from [1, 2])


it = outer()
print(next(it), it.send("A"), it.throw(ValueError("B")), next(it), next(it), next(it))
try:
    it.send(None)
except StopIteration as stop:
    print("value", stop.value)
it = outer()
next(it)
it.close()
