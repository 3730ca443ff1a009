# What the programs on recursion without end share.
import threading


def attempt(name, function):
    try:
        function()
        print(name, "came back")
    except RecursionError:
        print(name, "RecursionError")


def try_all(ways):
    """Calls all functions, by name, in the main thread and in another."""

    def all_of_them():
        for name, function in ways.items():
            attempt(name, function)

    all_of_them()
    thread = threading.Thread(target=all_of_them)
    thread.start()
    thread.join()
