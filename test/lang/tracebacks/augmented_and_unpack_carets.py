# uncaught
import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


def one():
    x = 1
    x += "s"


def two():
    a, (b, c) = 1, (2, 3, 4)


def three():
    d = {}
    d["k"] += 1


def four():
    x = [1]
    x[0].attr = 5


def five():
    del [1, 2][7]


def six():
    import not_a_module.sub


def seven():
    from os import not_a_name


for f in (one, two, three, four, five, six, seven):
    show(f)
obj = object()
obj.field = obj.other
