# A signal that arrived before a call that waits, while no Python code ran, is answered before the wait.
import hashlib
import os
import queue
import select
import signal
import socket
import threading
import time


class Woken(Exception):
    pass


def handler(number, frame):
    raise Woken


signal.signal(signal.SIGALRM, handler)
work = bytes(5_000_000)
lock = threading.Lock()
lock.acquire()
reading, writing = os.pipe()
left, right = socket.socketpair()
right.settimeout(20)
poll = select.epoll()

waits = {
    "sleep": lambda: time.sleep(20),
    "lock": lambda: lock.acquire(timeout=20),
    "select": lambda: select.select([reading], [], [], 20),
    "epoll": lambda: poll.poll(20),
    "queue": lambda: queue.SimpleQueue().get(timeout=20),
    "read": lambda: os.read(reading, 1),
    "recv": lambda: left.recv(1),
    "recv, timed": lambda: right.recv(1),
    "sigtimedwait": lambda: signal.sigtimedwait([signal.SIGUSR1], 20),
}
for name, wait in waits.items():
    start = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.001)
        hashlib.sha256(work)
        wait()
    except Woken:
        print(name, "woken", time.monotonic() - start < 10)
    else:
        print(name, "waited")
