def g():
    try:
        raise ValueError("inner")
    except ValueError:
        yield "in handler"
        try:
            raise KeyError("second")
        except KeyError as error:
            yield repr(error.__context__)


import sys

it = g()
print(next(it), sys.exc_info())
try:
    raise TypeError("outer")
except TypeError:
    print(next(it), sys.exc_info()[0].__name__)
print(next(it, "end"), sys.exc_info())
