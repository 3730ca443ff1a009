# What no variable holds any more is dead behind gc.collect(), also where functions are compiled.
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name


def variable():
    thing = Thing("variable")
    ref = weakref.ref(thing)
    print(ref().name)
    del thing
    gc.collect()
    print(ref())


def loop():
    queue = [Thing(str(n)) for n in range(5)]
    for n in range(5):
        ref = weakref.ref(queue.pop())
        gc.collect()
        print(ref())


class Case:
    def setUp(self):
        self.obj = Thing("obj")
        self.set = weakref.WeakSet([self.obj])

    def run(self):
        self.setUp()
        print(len(self.set), self.obj in self.set)
        del self.obj
        gc.collect()
        print(len(self.set))


variable()
loop()
Case().run()
