# uncaught
import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


def bad(*args, **kw):
    raise ValueError("bad")


class C:
    method = bad


c = C()
show(lambda: bad())
show(lambda: [bad(1, 2), 3])
show(lambda: c.method(1).other())
show(lambda: len(bad(5)))
show(lambda: max([1], key=bad))
show(lambda: 5(1))
show(lambda: c.method()(2))
print(bad(
    1,
    2,
))
