async def numbers(n):
    for i in range(n):
        yield i


class Waits:
    def __init__(self):
        self.left = 2

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.step()

    async def step(self):
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return self.left


def run(coroutine):
    try:
        while True:
            print("yielded", coroutine.send(None))
    except StopIteration as stop:
        return stop.value


async def main():
    for iterator in (numbers(2), Waits()):
        iterator = aiter(iterator)
        print(await anext(iterator), await anext(iterator, "none"), await anext(iterator, "none"), await anext(iterator, [1, 2]))
        try:
            await anext(iterator)
        except StopAsyncIteration as error:
            print("stopped", error.args)
    for wrong in (5, iter([]), [].__iter__):
        try:
            anext(wrong, 1)
        except TypeError as error:
            print(error)


run(main())
print(type(anext(numbers(1), 0)).__name__)
