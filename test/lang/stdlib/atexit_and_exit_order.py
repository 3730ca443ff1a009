import atexit
import sys


def later(tag, *, mark="."):
    print("at exit", tag, mark)


atexit.register(later, 1)
atexit.register(later, 2, mark="!")
h = atexit.register(later, 3)
print(h is later)
atexit.unregister(print)


@atexit.register
def decorated():
    print("decorated", sys.argv[1:] == [])


class Late:
    def run(self):
        print("method")


atexit.register(Late().run)
print("main ends")
