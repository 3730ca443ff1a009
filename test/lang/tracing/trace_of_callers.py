# A callee sets f_trace of its callers and switches tracing on: their lines are traced from the return on, also of
# callers further up, and in loops and generators that run compiled.
import sys

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if code.co_filename == __file__:
        events.append((code.co_name, frame.f_lineno - code.co_firstlineno, event, arg if event == "return" else None))
    return tracer


def switch_on(up):
    frame = sys._getframe(1)
    for _ in range(up):
        frame.f_trace = tracer
        frame = frame.f_back
    sys.settrace(tracer)


def show(title):
    sys.settrace(None)
    print(title)
    for event in events:
        print("  ", event)
    events.clear()


def leaf(x, at, up):
    if x == at:
        switch_on(up)
    x += 1
    return x


def loop(n, at, up):
    total = 0
    for i in range(n):
        total += leaf(i, at, up)
        total -= 1
    return total


def caller(n, at, up):
    value = loop(n, at, up)
    value *= 2
    return value


def outermost(n, at, up):
    a = [caller(n, at, up), 1]
    b = a[0] + a[1]
    return b


def numbers(n, at):
    for i in range(n):
        if i == at:
            switch_on(3)
        yield i
    yield -1


def consumer(n, at):
    out = []
    for x in numbers(n, at):
        out.append(x * 2)
    return out


def raises(at):
    switch_on(3)
    raise KeyError(at)


def catches(at):
    try:
        return raises(at)
    except KeyError as e:
        found = e.args
    finally:
        at += 1
    return found, at


def passing(at):
    return catches(at)


def expression(at):
    d = {"a": leaf(at, at, 2), "b": [leaf(k, -1, 0) for k in range(2)]}
    return d["a"] + len(d["b"])


for _ in range(100):
    outermost(20, -1, 0), consumer(5, -1), expression(1) if _ < 0 else 0
print(outermost(4, 2, 1))
show("the leaf alone")
print(outermost(4, 2, 2))
show("and the loop")
print(outermost(4, 2, 4))
show("all")
print(consumer(4, 2))
show("generator")
print(passing(5))
show("exception")
print(expression(1))
show("expression")
print(outermost(4, -1, 0))
show("nothing")
