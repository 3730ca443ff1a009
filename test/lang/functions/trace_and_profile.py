# sys.settrace and sys.setprofile: events of calls, lines, exceptions and returns, in functions that may be compiled.
import sys

events = []


def tracer(frame, event, arg):
    name = frame.f_code.co_name
    if frame.f_code.co_filename != __file__:
        return None
    shown = arg[0].__name__ if event == "exception" else arg
    events.append((name, frame.f_lineno - frame.f_code.co_firstlineno, event, shown))
    return tracer


def add(a, b):
    c = a + b
    return c


def loop(n):
    total = 0
    for i in range(n):
        total = add(total, i)
    while total > 2:
        total -= 2
    return total


def fails():
    try:
        {}["k"]
    except KeyError:
        result = "caught"
    return result


def passes_on():
    return add(1, "x")


def counts(n):
    for i in range(n):
        yield i


def consumes():
    return [i for i in counts(2)]


def branches(x):
    if x:
        y = 1
    else:
        y = 2
    with open("/dev/null") as f:
        y += 1
    return y


def traced(f, *args):
    sys.settrace(tracer)
    try:
        f(*args)
    except TypeError:
        pass
    sys.settrace(None)
    for event in events:
        print(event)
    events.clear()
    print()


add(1, 2), loop(3), fails(), consumes(), branches(0)
traced(add, 1, 2)
traced(loop, 3)
traced(fails)
traced(passes_on)
traced(consumes)
traced(branches, 0)
print(loop(4), events)


def profiler(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        shown = getattr(arg, "__name__", arg)
        events.append((frame.f_code.co_name, event, shown))


def builtins_called(items):
    n = len(items)
    items.append(abs(-n))
    try:
        int("x")
        ord("xy")
    except (TypeError, ValueError):
        pass
    return add(n, 1)


sys.setprofile(profiler)
builtins_called([1])
consumes()
sys.setprofile(None)
for event in events:
    print(event)
print(sys.gettrace(), sys.getprofile())


def bad(frame, event, arg):
    raise ValueError("tracer")


def provoke():
    return 1


sys.settrace(bad)
try:
    provoke()
except ValueError as e:
    print(e, sys.gettrace())
