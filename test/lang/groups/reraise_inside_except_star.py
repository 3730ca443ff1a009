try:
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2), OSError(3)])
    except* ValueError:
        raise
    except* KeyError as group:
        print("handled", group.exceptions)
except ExceptionGroup as group:
    print(repr(group))


def f():
    for i in range(3):
        try:
            raise ExceptionGroup("loop", [ValueError(i)])
        except* ValueError as g:
            found = g.exceptions[0].args[0]
    return found


print(f())
try:
    raise ExceptionGroup("eg", [BlockingIOError("x")])
except* OSError as g:
    print(g.exceptions)
try:
    try:
        raise ExceptionGroup("x", [ValueError()])
    except* ExceptionGroup:
        pass
except TypeError as error:
    print(error)
