def mk():
    try:
        raise TypeError("t")
    except TypeError as e:
        e.add_note("hello")
        return e
try:
    raise ValueError("first")
except ValueError:
    raise ExceptionGroup("grp", [mk(), ExceptionGroup("inner\nmultiline", [KeyError(1), OSError(2, "nope", "file")]), ValueError("v")])
