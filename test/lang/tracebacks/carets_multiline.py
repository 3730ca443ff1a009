# uncaught
import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


def one():
    return (1
            + 2
            + None)


def two():
    x = {
        "a": 1,
        "b": [1, 2][5],
    }


def three():
    return sum([
        1,
        "x",
    ])


show(one)
show(two)
show(three)
value = (
    "abc"
    .upper()
    .missing()
)
