# uncaught
import traceback


def check(n):
    assert n > 0, f"n is {n}"
    assert (n
            < 10)


for n in (0, 50):
    try:
        check(n)
    except AssertionError:
        traceback.print_exc()
try:
    raise ValueError("x" *
                     2)
except ValueError:
    traceback.print_exc()
assert [x for x in ()], "empty"
