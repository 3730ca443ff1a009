# uncaught
def make(n):
    try:
        raise ValueError("v%d" % n)
    except ValueError as error:
        return error


inner = ExceptionGroup("inner", [make(1), TypeError("no traceback")])
try:
    raise KeyError("context")
except KeyError:
    raise ExceptionGroup("outer", [inner, make(2), OSError(5, "disk")])
