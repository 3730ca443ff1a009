class Counter:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.i == self.n:
            raise StopAsyncIteration
        self.i += 1
        return self.i


class Context:
    async def __aenter__(self):
        print("enter")
        return "value"

    async def __aexit__(self, kind, value, tb):
        print("exit", kind and kind.__name__)
        return kind is KeyError


async def main():
    async for x in Counter(3):
        if x == 2:
            continue
        print(x)
    else:
        print("else")
    async with Context() as c, Context():
        print(c)
    async with Context():
        raise KeyError
    return [x async for x in Counter(4) if x % 2], {x: y async for x in Counter(2) async for y in Counter(1)}


c = main()
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)
