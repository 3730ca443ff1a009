import _thread

lock = _thread.allocate_lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01))
lock.release()
for action in (lock.release, lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2), lambda: lock.acquire(timeout=1e20)):
    try:
        action()
    except (RuntimeError, ValueError, OverflowError) as error:
        print(type(error).__name__, error)
with lock:
    print(lock.locked())

again = _thread.RLock()
with again:
    with again:
        print(again._is_owned())
try:
    again.release()
except RuntimeError as error:
    print(error)

count = done = 0


def work(number):
    global count, done
    for i in range(5000):
        with lock:
            count += 1
        kept = [i, str(i), {i: number}]
    with lock:
        done += 1


for number in range(6):
    _thread.start_new_thread(work, (number,))
while True:
    with lock:
        if done == 6:
            break
print(count)
