# Futures and tasks of _asyncio: states, messages, reprs, cancelling, awaiting what is no future.
import asyncio
import gc
import re


def show(function, *args):
    try:
        result = function(*args)
    except BaseException as error:
        print(type(error).__name__, error)
    else:
        print(re.sub(r" at 0x\w+| at /\S+|running at \S+|defined at \S+", "", repr(result)))


async def never():
    await asyncio.get_running_loop().create_future()


async def give(value):
    return value


class Awaitable:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield self.value


async def awaiting(value):
    await Awaitable(value)


async def futures(loop):
    future = loop.create_future()
    show(lambda: (future._state, future._callbacks, future._result, future._exception, future._asyncio_future_blocking))
    show(future.result)
    show(future.exception)
    for wrong in (StopIteration, 3, int, StopIteration(1)):
        show(future.set_exception, wrong)
    show(setattr, future, "_log_traceback", True)
    show(setattr, future, "_state", 1)
    future.add_done_callback(print)
    future.add_done_callback(id)
    future.add_done_callback(id)
    print(len(future._callbacks), future.remove_done_callback(id), future.remove_done_callback(print), future._callbacks)
    steps = future.__await__()
    print(next(steps) is future)
    show(next, steps)
    show(steps.throw, ValueError, "thrown")
    steps = iter(future)
    future.set_result(7)
    show(next, steps)
    show(future.set_result, 8)
    print(future.cancel(), future, future.done(), future.cancelled())
    future = loop.create_future()
    print(future.cancel("why"), future, future._cancel_message)
    show(future.result)
    unborn = asyncio.Future.__new__(asyncio.Future)
    for method in (unborn.cancel, unborn.get_loop, unborn.done, unborn.result):
        show(method)
    show(asyncio.Future, 3)
    show(lambda: asyncio.Future[int])


async def tasks(loop):
    task = asyncio.create_task(never(), name="first")
    other = asyncio.create_task(never())
    await asyncio.sleep(0)
    print(len(asyncio.all_tasks()), task in asyncio.all_tasks())
    show(lambda: task)
    show(lambda: task._fut_waiter._callbacks[0][0].__qualname__)
    show(task.set_result, 1)
    task.set_name(5)
    print(task.get_name(), task.cancel("enough"), task.cancelling(), task.uncancel(), task.cancelling())
    show(lambda: task)
    other.cancel()
    for cancelled in (task, other):
        try:
            await cancelled
        except asyncio.CancelledError as error:
            print("cancelled", error)
    print(len(asyncio.all_tasks()))

    async def itself():
        await asyncio.current_task()

    show(await wrapped_run(itself()))
    show(asyncio.Task, 3)
    print(await asyncio.gather(*[give(i) for i in range(5)]), await asyncio.wait_for(give(1), 1))
    async with asyncio.timeout(10):
        print(await asyncio.shield(give(2)))
    try:
        async with asyncio.timeout(0.001):
            await never()
    except TimeoutError:
        print("timeout")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(never())
            group.create_task(awaiting(1))
    except* RuntimeError as error:
        print(error.exceptions)


def future_of(loop):
    return loop.create_future()




async def wrapped_run(coroutine):
    try:
        await asyncio.create_task(coroutine)
        return str
    except RuntimeError as error:
        text = str(error).split(":")[0]
        return lambda: text


async def main():
    loop = asyncio.get_running_loop()
    await futures(loop)
    await tasks(loop)
    for value in (5, None, future_of(loop), (i for i in ())):
        try:
            print(await asyncio.create_task(awaiting(value)))
        except RuntimeError as error:
            print(re.sub("<.*>", "...", str(error)))

    def lost():
        future = loop.create_future()
        future.set_exception(OSError("lost"))

    loop.set_exception_handler(lambda loop, context: print(sorted(context), context["message"]))
    lost()
    gc.collect()
    loop.set_debug(True)
    print(loop.create_task(give(1))._source_traceback[-1].name)


asyncio.run(main())
show(asyncio.get_running_loop)
print(asyncio._get_running_loop())


class Likeness:
    """What collections.abc.Coroutine asks for, and no iterator."""

    def __init__(self):
        self.sent = 0

    def send(self, value):
        self.sent += 1
        if self.sent > 2:
            raise StopIteration("sent")
        return None

    def throw(self, *args):
        raise args[0]

    def close(self):
        pass

    def __await__(self):
        return self


async def drive():
    import collections.abc

    collections.abc.Coroutine.register(Likeness)
    print(await asyncio.create_task(Likeness()))


asyncio.run(drive())
