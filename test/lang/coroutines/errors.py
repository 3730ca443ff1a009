async def f():
    pass


async def wait(x):
    return await x


def run(c):
    try:
        c.send(None)
    except StopIteration as stop:
        return stop.value
    return "suspended"


for thing in (5, [1], (x for x in [])):
    try:
        run(wait(thing))
    except TypeError as error:
        print(error)
c = f()
try:
    iter(c)
except TypeError as error:
    print(error)
try:
    next(c)
except TypeError as error:
    print(error)
c.close()
d = f()
try:
    for x in d:
        pass
except TypeError as error:
    print(error)
d.close()


class Bad:
    def __await__(self):
        return 5


try:
    run(wait(Bad()))
except TypeError as error:
    print(error)
print(type(c).__name__, c.cr_running, c.__name__)
