# Thread objects are garbage once their threads have ended: no stale word of a native stack keeps one.
import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor


def ended_thread():
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()
    return weakref.ref(thread)


def ended_pool():
    with ThreadPoolExecutor(1) as executor:
        executor.submit(int).result()
        return [weakref.ref(thread) for thread in executor._threads]


def main():
    links = [ended_thread() for _ in range(5)]
    for _ in range(5):
        links += ended_pool()
    return links


links = main()
gc.collect()
print(len(links), [link() for link in links if link()])
print(len(threading._dangling))
