def g():
    print("start")
    x = yield 1
    print("got", x)
    y = yield x * 2
    print("got", y)
    return "result"


it = g()
try:
    it.send(5)
except TypeError as error:
    print(error)
print(next(it), it.send(10))
try:
    it.send("last")
except StopIteration as stop:
    print(stop.value)
for _ in range(2):
    try:
        next(it)
    except StopIteration as stop:
        print("finished", stop.value)
