# What closes an asynchronous generator is awaited by a task directly; its end is a StopIteration.
import asyncio


async def chunks():
    while True:
        await asyncio.sleep(0)
        yield 1


async def handle():
    async for x in chunks():
        await asyncio.sleep(100)


async def abandoned():
    asyncio.ensure_future(handle())
    for i in range(5):
        await asyncio.sleep(0)
    print("done")


async def kept(generators):
    generators.append(chunks())
    print(await generators[0].__anext__())


asyncio.run(abandoned())
generators = []
asyncio.run(kept(generators))


async def sent():
    generator = chunks()
    task = asyncio.get_running_loop().create_task(generator.__anext__())
    print(await task)
    await asyncio.get_running_loop().create_task(generator.aclose())


asyncio.run(sent())
