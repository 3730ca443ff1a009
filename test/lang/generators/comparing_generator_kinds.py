import types


def g():
    yield


async def c():
    pass


async def ag():
    yield


co = c()
for f, v in ((g, g()), (c, co), (ag, ag()), (None, (x for x in "")), (None, iter([])), (None, map(str, []))):
    print(type(v).__name__, isinstance(v, types.GeneratorType), hasattr(v, "send"), hasattr(v, "__await__"), hasattr(v, "__anext__"), hasattr(v, "__iter__"), f and f.__code__.co_flags & 0x2A0)
co.close()
import inspect

print(inspect.isgeneratorfunction(g), inspect.iscoroutinefunction(c), inspect.isasyncgenfunction(ag), inspect.isgenerator(g()))
a, b = g(), g()
print(a == b, a is iter(a), hash(a) == hash(a), bool(a))
try:
    len(a)
except TypeError as error:
    print(error)
try:
    a[0]
except TypeError as error:
    print(error)
