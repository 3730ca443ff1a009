def f(kind):
    trace = []
    try:
        trace.append("try")
        if kind == "value":
            raise ValueError
        if kind == "key":
            raise KeyError
    except ValueError:
        trace.append("except")
    else:
        trace.append("else")
    finally:
        trace.append("finally")
        if kind == "key":
            print(trace)
    return trace


print(f(None), f("value"))
try:
    f("key")
except KeyError:
    print("propagated")
