"""anext(iterator, default) over generators that are coroutines, objects with __await__, and what cannot be awaited."""
import asyncio
import types


class Counted:
    def __init__(self):
        self.n = 0

    def __aiter__(self):
        return self

    @types.coroutine
    def __anext__(self):
        yield from asyncio.sleep(0).__await__()
        self.n += 1
        if self.n > 2:
            raise StopAsyncIteration
        return self.n


class BadAwait:
    def __await__(self):
        return 42


class Bad:
    def __init__(self, given):
        self.given = given

    def __anext__(self):
        return self.given


async def main():
    counted = Counted()
    print(await anext(counted), await anext(counted, "end"), await anext(counted, "end"))
    for given in BadAwait(), 5:
        try:
            await anext(Bad(given), "end")
        except TypeError as error:
            print(error)


asyncio.run(main())
