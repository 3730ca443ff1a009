# Workers by fork, spawn and fork server: in a built binary the helpers are the binary itself.
import multiprocessing
import os


class Item:
    def __init__(self, value):
        self.value = value


def square(x):
    return x * x


def child(queue, item):
    queue.put((__name__ in ("__main__", "__mp_main__"), item.value + 1))


def crash():
    os._exit(7)


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        queue = context.SimpleQueue()
        process = context.Process(target=child, args=(queue, Item(41)))
        process.start()
        print(method, queue.get())
        process.join()
        print(process.exitcode)
        process = context.Process(target=crash)
        process.start()
        process.join()
        print(process.exitcode)
        with context.Pool(2) as pool:
            print(pool.map(square, range(6)))
