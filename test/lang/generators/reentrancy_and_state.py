def g():
    yield 1
    try:
        next(it)
    except ValueError as error:
        print(error)
    yield 2


it = g()
print(list(it))
import inspect


def states():
    print(inspect.getgeneratorstate(s))
    yield


s = states()
print(inspect.getgeneratorstate(s))
next(s)
print(inspect.getgeneratorstate(s))
next(s, None)
print(inspect.getgeneratorstate(s), s.gi_frame, s.gi_running, s.gi_yieldfrom)
print(s.__name__, s.__qualname__, s.gi_code.co_name)
