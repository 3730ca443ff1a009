from collections import deque


class Sleep:
    def __init__(self, ticks):
        self.ticks = ticks

    def __await__(self):
        for _ in range(self.ticks):
            yield


async def worker(name, ticks, log):
    for i in range(3):
        await Sleep(ticks)
        log.append("%s%d" % (name, i))
    return name


def run_all(*coros):
    ready = deque(coros)
    results = []
    while ready:
        c = ready.popleft()
        try:
            c.send(None)
            ready.append(c)
        except StopIteration as stop:
            results.append(stop.value)
    return results


log = []
print(run_all(worker("a", 1, log), worker("b", 2, log), worker("c", 3, log)))
print(log)
