# Callbacks in threads that Python did not start: one thread enters several times, with collections by others in between.
import gc
import threading
from ctypes import *

libc = CDLL(None)
KEY_DESTRUCTOR = CFUNCTYPE(None, c_void_p)
BODY = CFUNCTYPE(c_void_p, c_void_p)
key = c_uint()
entries, made = [], []


def build(n):
    return [{"number": i, "text": str(i) * 3, "pair": (i, [i])} for i in range(n)]


def check(items):
    return all(item["text"] == str(i) * 3 and item["pair"] == (i, [i]) for i, item in enumerate(items))


@KEY_DESTRUCTOR
def leave(value):  # runs in the same thread after its body has returned
    items = build(300)
    entries.append(check(items) and check(made))
    if value > 1:
        libc.pthread_setspecific(key, value - 1)


@BODY
def body(value):
    made[:] = build(300)
    try:
        deep(0)
    except RecursionError:
        entries.append("deep")
    libc.pthread_setspecific(key, value)
    return None


def deep(n):
    return deep(n + 1) + 1


libc.pthread_key_create.argtypes = [POINTER(c_uint), KEY_DESTRUCTOR]
libc.pthread_setspecific.argtypes = [c_uint, c_void_p]
libc.pthread_create.argtypes = [POINTER(c_ulong), c_void_p, BODY, c_void_p]
libc.pthread_join.argtypes = [c_ulong, c_void_p]
print(libc.pthread_key_create(byref(key), leave))
stop = False


def collect():
    while not stop:
        gc.collect()
        build(50)


collector = threading.Thread(target=collect)
collector.start()
for i in range(6):
    thread = c_ulong()
    if libc.pthread_create(byref(thread), None, body, 3) or libc.pthread_join(thread, None):
        print("no thread")
stop = True
collector.join()
print(len(entries), sorted(set(map(str, entries))))
