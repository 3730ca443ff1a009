try:
    raise ValueError("naked")
except* ValueError as group:
    print(type(group).__name__, repr(group), group.exceptions)
try:
    try:
        raise KeyError("not matched")
    except* ValueError:
        print("never")
except KeyError as error:
    print("still naked", error)
try:
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError:
        raise TypeError("raised in handler")
except ExceptionGroup as group:
    print(repr(group))
    print(repr(group.exceptions[0].__context__))
except TypeError as error:
    print(repr(error), repr(error.__context__))
