# uncaught
import sys
import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


a, b, s = 1, None, "s"
show(lambda: a + b * 2)
show(lambda: (a + 1) - (s * 2))
show(lambda: a / 0 + 5)
show(lambda: s @ s)
show(lambda: a < b <= s)
show(lambda: -s)
show(lambda: [1, 2] + (3,))
show(lambda: "%d" % s)
show(lambda: a + a + a + a + b)
a << s
