# sys.settrace in a callee: the activations that run get line events only where f_trace is set, later calls are traced.
# Profiling tells of the returns of activations that ran before.
import sys
import threading

events = []


def tracer(frame, event, arg):
    code = frame.f_code
    if code.co_filename == __file__:
        events.append((code.co_name, frame.f_lineno - code.co_firstlineno, event))
    return tracer


def profiler(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        events.append((frame.f_code.co_name, event, getattr(arg, "__name__", arg)))


def show(title):
    print(title)
    for event in events:
        print("  ", event)
    events.clear()


def helper(x):
    return x + 1


def begin(function, x):
    function(tracer if function is sys.settrace else profiler)
    return x


def inner(function):
    x = begin(function, 1)
    y = helper(x)
    return x + y


def outer(function):
    z = inner(function)
    z = helper(z)
    return z, len("abc")


for _ in range(200):
    helper(_)
print(outer(sys.settrace))
sys.settrace(None)
show("settrace")
print(outer(sys.setprofile))
sys.setprofile(None)
show("setprofile")


def body():
    total = 0
    for i in range(3):
        total = helper(total)
    return total


threading.settrace(tracer)
thread = threading.Thread(target=body)
thread.start()
thread.join()
threading.settrace(None)
show("thread")
print(body(), events)


class Adds:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        sys._getframe(1).f_trace = tracer
        sys.settrace(tracer)
        return Adds(self.value + other.value)

    def __lt__(self, other):
        sys._getframe(1).f_trace = tracer
        sys.settrace(tracer)
        return self.value < other.value

    @property
    def prop(self):
        sys._getframe(1).f_trace = tracer
        sys.settrace(tracer)
        return self.value

    def __iter__(self):
        return self

    def __next__(self):
        self.value += 1
        if self.value > 12:
            raise StopIteration
        if self.value == 12:
            sys._getframe(1).f_trace = tracer
            sys.settrace(tracer)
        return self.value

    def __bool__(self):
        sys._getframe(1).f_trace = tracer
        sys.settrace(tracer)
        return self.value > 0


def by_operator(a, b):
    c = a + b
    d = c.value
    return d


def by_comparison(a, b):
    if a < b:
        d = 1
    else:
        d = 2
    return d


def by_property(a, b):
    c = a.prop
    d = c
    return d


def by_iteration(a, b):
    c = 0
    for x in a:
        c += x
    d = c
    return d


def by_truth(a, b):
    d = 0
    if a and b:
        d = 1
    return d


for f in by_operator, by_comparison, by_property, by_iteration, by_truth:
    print(f(Adds(10), Adds(2)))
    sys.settrace(None)
    show(f.__name__)
