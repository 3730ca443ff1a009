# What an exception says of itself: attributes reset by __init__, suggestions behind __getattr__, lines of frames that ended,
# the depth that counts, frames seen while an exception is thrown through delegating generators.
import sys
import traceback

error = ImportError("text", name="n", path="p")
error.__init__()
print(error.args, error.msg, error.name, error.path)


class Near:
    blech = None

    def __getattr__(self, name):
        raise AttributeError


try:
    Near().bluch
except AttributeError as error:
    print(traceback.format_exception_only(type(error), error), error.name, type(error.obj).__name__)


def lines_of(function):
    try:
        function()
    except Exception as error:
        frame = error.__traceback__.tb_next.tb_frame
        return frame.f_lineno - frame.f_code.co_firstlineno


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


def in_except():
    try:
        1 / 0
    except ZeroDivisionError as error:
        1 / 0
        pass


def other_except():
    try:
        1 / 0
    except TypeError:
        pass


def in_with():
    with Manager():
        1 / 0
        pass


print(lines_of(in_except), lines_of(other_except), lines_of(in_with))


def deep_group(depth):
    group = TypeError(1)
    for i in range(depth):
        group = ExceptionGroup("eg", [group])
    return group


limit = sys.getrecursionlimit()
nested = (str,)
for i in range(limit + 5):
    nested = (nested,)
for attempt in [
    lambda: isinstance(1, nested),
    lambda: issubclass(int, nested),
    lambda: deep_group(limit + 5).split(TypeError),
]:
    try:
        attempt()
    except RecursionError:
        print("RecursionError")


def inner():
    try:
        yield
    except RuntimeError:
        print([frame.name for frame in traceback.extract_stack()][-3:])
        yield 1


def outer():
    yield from inner()


generator = outer()
next(generator)
generator.throw(RuntimeError)


class NoException(Exception):
    def __new__(cls, *args):
        return cls


generator = outer()
next(generator)
try:
    generator.throw(NoException)
except TypeError as error:
    print(error)


class Cells:
    def method(self):
        super()


def cell():
    captured = 1
    return (lambda: captured).__closure__[0]


try:
    Cells.method(cell())
except TypeError as error:
    print(error)
made = type(in_with)(in_with.__code__, {})
print(made.__builtins__ is in_with.__builtins__)
