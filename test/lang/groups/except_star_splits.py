def handle(*errors):
    log = []
    try:
        raise ExceptionGroup("group", list(errors))
    except* ValueError as group:
        log.append(("value", [str(e) for e in group.exceptions]))
    except* (KeyError, IndexError) as group:
        log.append(("lookup", [repr(e) for e in group.exceptions]))
    else:
        log.append("else")
    finally:
        log.append("finally")
    return log


print(handle(ValueError("a"), KeyError("b"), ValueError("c")))
print(handle(IndexError("i")))
try:
    print(handle(TypeError("t"), ValueError("v")))
except ExceptionGroup as group:
    print(group.message, group.exceptions)
