# uncaught
import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


show(lambda: [1 / x for x in (1, 0)])
show(lambda: {x: int(x) for x in "1a"})
show(lambda: list(1 / x for x in [0]))
show(lambda: sorted([3, "a"], key=lambda v: v + 1))


class C:
    value = [y + None for y in range(2)]
