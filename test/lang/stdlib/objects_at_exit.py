# What is alive when the program ends is finalised then, while the modules still have their names.
import atexit
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("end of", self.name, sys.is_finalizing(), helper())


def helper():
    return len(__name__)


def generator():
    try:
        yield 1
    finally:
        print("generator closed")


atexit.register(print, "atexit first")
first = Noisy("first")
second = Noisy("second")
running = generator()
next(running)
inside = [Noisy("inside a list")]
print("last line")
