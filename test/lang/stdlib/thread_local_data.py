import _thread

finished = _thread.allocate_lock()
finished.acquire()


class Counter(_thread._local):
    kind = "class attribute"

    def __init__(self, start):
        self.values = [start]


local = Counter(7)
local.values.append(8)


def look():
    print(local.values, local.kind, local.__dict__)
    try:
        local.other
    except AttributeError as error:
        print(error)
    local.other = 1
    del local.values
    print(local.__dict__)
    finished.release()


_thread.start_new_thread(look, ())
finished.acquire()
print(local.values, hasattr(local, "other"))
try:
    _thread._local(1)
except TypeError as error:
    print(error)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def recurse():
    try:
        deep(100000)
    except RecursionError as error:
        print(error)
    print(deep(500))
    finished.release()


_thread.start_new_thread(recurse, ())
finished.acquire()
