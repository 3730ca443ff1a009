# uncaught
import traceback


def fail(*args):
    raise ValueError(len(args))


try:
    @fail
    def f():
        pass
except ValueError:
    traceback.print_exc()
try:
    def g(a=1,
          b=fail(1, 2)):
        pass
except ValueError:
    traceback.print_exc()
try:
    class C:
        x = 1

        y = fail()
except ValueError:
    traceback.print_exc()


class D(fail(1, 2, 3)):
    pass
