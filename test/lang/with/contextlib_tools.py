import contextlib
import io


@contextlib.contextmanager
def tag(name):
    print("<%s>" % name)
    try:
        yield name.upper()
    except ValueError as error:
        print("swallowed", error)
    finally:
        print("</%s>" % name)


with tag("a") as t:
    print(t)
with tag("b"):
    raise ValueError("v")
try:
    with tag("c"):
        raise KeyError("k")
except KeyError as error:
    print("outside", error)


@tag("deco")
def f():
    print("in f")


f()
f()
with contextlib.suppress(ZeroDivisionError, KeyError):
    1 / 0
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("captured")
print(repr(out.getvalue()))
with contextlib.ExitStack() as stack:
    for n in range(3):
        stack.callback(print, "callback", n)
    print(stack.enter_context(tag("stacked")))
with contextlib.closing(io.StringIO("x")) as s:
    print(s.read())
print(s.closed, contextlib.nullcontext(5).__enter__())


@contextlib.contextmanager
def twice():
    yield 1
    yield 2


try:
    with twice():
        pass
except RuntimeError as error:
    print(error)
