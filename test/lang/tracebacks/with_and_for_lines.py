# uncaught
import traceback


class Bad:
    def __enter__(self):
        raise ValueError("enter")

    def __exit__(self, *a):
        raise KeyError("exit")

    def __iter__(self):
        raise TypeError("iter")


class BadExit(Bad):
    def __enter__(self):
        return self


def one():
    with Bad() as b:
        pass


def two():
    with BadExit():
        x = 1
        y = 2


def three():
    for item in Bad():
        pass


def four():
    with BadExit():
        1 / 0


for f in (one, two, three, four):
    try:
        f()
    except Exception:
        traceback.print_exc()
a, b = Bad()
