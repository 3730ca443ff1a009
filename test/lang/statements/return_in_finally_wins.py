def f():
    try:
        return 1
    finally:
        return 2


def g():
    try:
        raise ValueError
    finally:
        return "swallowed"


def h():
    x = 1
    try:
        return x
    finally:
        x = 5


def k():
    for i in range(5):
        try:
            return i
        finally:
            continue
    return "loop ended"


print(f(), g(), h(), k())
