# A trace function that deletes a name from f_locals, or sets one, of a frame that is traced.
import sys


def tracer(frame, event, arg):
    if event == "line" and frame.f_lineno == target:
        change(frame.f_locals)
    return tracer


def f():
    x = 1
    y = 2
    try:
        z = [x]
    except NameError as e:
        return str(e)
    try:
        return x, y, z
    except NameError as e:
        return type(e).__name__, str(e), sorted(k for k in locals() if k != "e")


def g(n):
    total = n
    def inner():
        return total
    total += 1
    try:
        return inner()
    except NameError as e:
        return type(e).__name__, str(e)


def parameter(a, b):
    try:
        b = b + 1
    except NameError as e:
        return str(e)
    try:
        return a + b
    except NameError as e:
        return str(e)


def traced(function, line, what, *args):
    global target, change
    target, change = function.__code__.co_firstlineno + line, what
    sys.settrace(tracer)
    try:
        result = function(*args)
    finally:
        sys.settrace(None)
    print(function.__name__, result)


def delete(name):
    def change(names):
        del names[name]
    return change


def assign(name, value):
    def change(names):
        names[name] = value
    return change


traced(f, 8, delete("y"))
traced(f, 8, delete("z"))
traced(f, 8, delete("x"))
traced(f, 8, assign("y", "new"))
traced(f, 8, assign("unknown", "new"))
traced(f, 2, delete("x"))
traced(f, 4, delete("x"))
traced(g, 6, delete("total"), 1)
traced(g, 6, assign("total", 9), 1)
traced(parameter, 6, delete("a"), 1, 2)
traced(parameter, 2, delete("b"), 1, 2)


def stays():
    x = 1
    sys.settrace(None)
    return x


def while_running():
    total = 0
    for i in range(5):
        total += i
    return total


try:
    traced(stays, 2, delete("x"))
except UnboundLocalError as e:
    print(e)
sys.settrace(None)
try:
    traced(while_running, 3, delete("total"))
except UnboundLocalError as e:
    print(e, e.__traceback__.tb_next.tb_next.tb_lineno - while_running.__code__.co_firstlineno)
print([while_running() for _ in range(3)])
