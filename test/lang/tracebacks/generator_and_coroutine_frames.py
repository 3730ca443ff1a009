# uncaught
import traceback


def gen():
    yield 1
    raise ValueError("in gen")


def delegate():
    yield from gen()


async def coro():
    await inner()


async def inner():
    raise KeyError("in coro")


try:
    list(delegate())
except ValueError:
    traceback.print_exc()
try:
    coro().send(None)
except KeyError:
    traceback.print_exc()
for x in delegate():
    print(x)
