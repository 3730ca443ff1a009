async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
    finally:
        print("agen cleanup")


def run(c):
    try:
        c.send(None)
    except StopIteration as stop:
        return stop.value


async def main():
    print([x async for x in agen(3)])
    a = agen(5)
    print(await a.__anext__(), await a.asend("hello"))
    try:
        await a.athrow(ValueError("thrown"))
    except ValueError as error:
        print(error)
    b = agen(2)
    print(await b.__anext__())
    await b.aclose()
    try:
        await b.__anext__()
    except StopAsyncIteration:
        print("stopped")
    gen = (x * 2 async for x in agen(2))
    print(type(gen).__name__, [x async for x in gen])


run(main())
