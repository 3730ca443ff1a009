# Counting what is called and which values globals have keeps none of them alive.
import gc
import weakref


class Callable:
    def __call__(self):
        return 1

    def method(self):
        return 2


def called():
    thing = Callable()
    thing()
    bound = thing.method
    bound()
    return weakref.ref(thing)


def named():
    global value
    value = Callable()
    value.method()
    made = weakref.ref(value)
    del value
    return made


def below(depth):
    things = [depth] * 10
    return below(depth - 1) + len(things) if depth else 0


for make in called, named:
    made = [make() for _ in range(50)]
    below(50)
    gc.collect()
    print(make.__name__, sum(ref() is not None for ref in made) < 5)
