# Tasks made of what aclose() of an async generator gives: the loop closes the generators that are left.
import asyncio
async def waiter(t):
    try:
        await asyncio.sleep(t)
        yield 1
    finally:
        await asyncio.sleep(0)
        print("fin2")
async def wait():
    async for _ in waiter(1): pass
loop = asyncio.new_event_loop()
t1 = loop.create_task(wait())
t2 = loop.create_task(wait())
loop.run_until_complete(asyncio.sleep(0.05))
t1.cancel(); t2.cancel()
try:
    loop.run_until_complete(t1)
except BaseException as e: print(type(e))
try:
    loop.run_until_complete(t2)
except BaseException as e: print(type(e))
loop.run_until_complete(loop.shutdown_asyncgens())


async def left():
    async for _ in waiter(0):
        return "left"


print(loop.run_until_complete(left()))
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
