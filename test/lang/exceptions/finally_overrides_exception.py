def f():
    try:
        raise ValueError("lost")
    finally:
        return "returned"


def g():
    while True:
        try:
            raise ValueError("lost too")
        finally:
            break
    return "broke"


def h():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


print(f(), g())
try:
    h()
except KeyError as error:
    print(repr(error), repr(error.__context__))


def nested():
    log = []
    try:
        try:
            log.append(1)
            raise ValueError
        finally:
            log.append(2)
    except ValueError:
        log.append(3)
        try:
            return log
        finally:
            log.append(4)
    finally:
        log.append(5)


print(nested())
