# A trace function sets f_lineno: forwards, out of loops, into handlers (refused); events of generators, and locals it changes.
import sys


def jumps(function, *moves):
    """Runs [function]; each move is (line, where to), once."""
    first = function.__code__.co_firstlineno
    left = list(moves)

    def trace(frame, event, arg):
        if frame.f_code is not function.__code__:
            return None
        if event == "line" and left and frame.f_lineno - first == left[0][0]:
            try:
                frame.f_lineno = first + left.pop(0)[1]
            except ValueError as error:
                print("refused:", str(error).replace(str(first), ""))
        return trace

    sys.settrace(trace)
    try:
        print(function())
    except Exception as error:
        print(repr(error))
    finally:
        sys.settrace(None)


def loops():
    seen = []
    for i in range(3):
        seen.append(i)
        seen.append(-i)
    while len(seen) < 9:
        seen.append("w")
    seen.append("end")
    return seen


def handlers():
    seen = []
    try:
        seen.append(1)
        1 / 0
    except ZeroDivisionError:
        seen.append("caught")
        seen.append(sys.exc_info()[0])
    seen.append(sys.exc_info()[0])
    return seen


class Context:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        print("exit")


def contexts():
    with Context() as context:
        seen = [1]
        seen.append(2)
    seen.append(3)
    return seen


jumps(loops)
jumps(loops, (4, 7))
jumps(loops, (7, 3))
jumps(loops, (4, 6), (7, 8))
jumps(loops, (1, 100))
jumps(handlers)
jumps(handlers, (6, 8))
jumps(handlers, (2, 6))
jumps(handlers, (6, 3))
jumps(contexts)
jumps(contexts, (3, 4))
jumps(contexts, (1, 3))


def inner():
    yield 1
    return 2


def outer():
    result = yield from inner()
    return result


events = []


def note(frame, event, arg):
    if event == "exception":
        arg = arg[0]
    events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, arg))
    return note


def drain():
    for item in outer():
        pass


sys.settrace(note)
drain()
sys.settrace(None)
for event in events:
    print(event)


def changed():
    value = 1
    again = value
    return value, again


def change(frame, event, arg):
    if event == "line" and frame.f_lineno - frame.f_code.co_firstlineno == 2:
        frame.f_locals["value"] = "changed"
    return change


sys.settrace(change)
outcome = changed()
sys.settrace(None)
print(outcome)
