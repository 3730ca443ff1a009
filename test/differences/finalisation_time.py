# When objects end: CPython ends an object when its last reference goes, Krait when its collector finds it unreachable, which is
# at some later collection or, for most objects, never. `__del__`, callbacks of weak references, and the closing of files wait until then;
# what was written to a file that nobody holds any more is there, though, when the program opens the file again or starts a process.
# At the end of the program, files that were never closed are flushed (with a ResourceWarning under `-X dev`), and `__del__` of what is left
# is called, for what the main module names in the order of its names, for the rest in no certain order. Use `with`, close(), or weakref.finalize()
# with atexit for what has to happen; gc.collect() for what should happen now.
import gc
import weakref


class Noisy:
    def __del__(self):
        print("__del__")


def make():
    return weakref.ref(Noisy())


reference = make()
print("alive until a collection:", reference() is not None)
gc.collect()
print("gone:", reference() is None)
kept = Noisy()
print("the end, and that of what is kept:")
