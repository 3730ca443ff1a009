async def inner(n):
    await Pause(n)
    return n * 2


class Pause:
    def __init__(self, n):
        self.n = n

    def __await__(self):
        got = yield ("pause", self.n)
        return got


async def outer():
    a = await inner(1)
    b = await Pause("direct")
    return a, b


c = outer()
print(c.send(None))
print(c.send("x"))
try:
    c.send("y")
except StopIteration as stop:
    print(stop.value)
try:
    c.send(None)
except RuntimeError as error:
    print(error)
