# uncaught
import traceback


class Shape:
    colour = "red"

    def area(self):
        return 1


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


length = 5
show(lambda: lenght)
show(lambda: Shape().areas)
show(lambda: Shape.color)
show(lambda: prnt("x"))
show(lambda: Shape().completely_different)


def local():
    counter = 1
    return countre


show(local)
import math

math.sqr(4)
