# uncaught
def countdown(n):
    if n == 0:
        raise ValueError("bottom")
    countdown(n - 1)


def two(n):
    if n == 0:
        [][0]
    other(n)


def other(n):
    two(n - 1)


try:
    countdown(10)
except ValueError:
    import traceback

    traceback.print_exc()
try:
    two(6)
except IndexError:
    traceback.print_exc()
countdown(3)
