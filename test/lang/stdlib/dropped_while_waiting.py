# What nobody holds any more goes while the program waits for it, in whatever way it waits.
import os
import queue
import select
import socket
import threading
import time
import weakref


class Thing:
    pass


def elsewhere(make):
    """What it makes and drops lies on a stack that is gone when the wait begins."""
    made = []
    thread = threading.Thread(target=lambda: made.append(make()))
    thread.start()
    thread.join()
    return made[0]


def dropped(callback):
    def make():
        return weakref.ref(Thing(), callback)

    return elsewhere(make)


def pair_with_dropped_end():
    def make():
        left, right = socket.socketpair()
        right.makefile("rb")
        return left

    return elsewhere(make)


def reader():
    with pair_with_dropped_end() as end:
        print("recv", end.recv(1))
    with pair_with_dropped_end() as end:
        end.settimeout(20)
        print("recv with a limit", end.recv(1))
    with pair_with_dropped_end() as end:
        print("poll", len(select.select([end], [], [], 20)[0]))


def pipe_with_dropped_end():
    def make():
        r, w = os.pipe()
        open(w, "wb")
        return r

    return elsewhere(make)


def waits():
    end = pipe_with_dropped_end()
    print("read", os.read(end, 1))
    os.close(end)

    event = threading.Event()
    link = dropped(lambda _: event.set())
    print("event", event.wait(20))

    lock = threading.Lock()
    lock.acquire()
    link = dropped(lambda _: lock.release())
    print("lock", lock.acquire())

    items = queue.SimpleQueue()
    link = dropped(items.put)
    print("queue", items.get(timeout=20) is link)

    link = dropped(None)
    for i in range(50):
        time.sleep(0.11)
        if link() is None:
            break
    print("sleep", link())


def main():
    reader()
    waits()
    start = time.monotonic()
    time.sleep(0.3)
    print("long enough", time.monotonic() - start >= 0.3)


import warnings

warnings.simplefilter("ignore")
main()
