class Ready:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        return self.v
        yield


async def ticks(n):
    for i in range(n):
        yield i


async def main():
    x = await Ready(1) + await Ready(2) * await Ready(3)
    l = [await Ready(i) for i in range(3)]
    d = {i: await Ready(i * i) async for i in ticks(3)}
    s = f"{await Ready('in f-string')!r}"
    nested = [[y async for y in ticks(i)] async for i in ticks(3)]
    return x, l, d, s, nested, (await Ready(max))(4, 2)


try:
    main().send(None)
except StopIteration as stop:
    print(stop.value)
