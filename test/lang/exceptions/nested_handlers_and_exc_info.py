import sys


def now():
    return sys.exc_info()[0].__name__ if sys.exc_info()[0] else None


print(now())
try:
    raise ValueError
except ValueError:
    print(now())
    try:
        raise KeyError
    except KeyError:
        print(now())
    print(now())

    def in_call():
        return now()

    print(in_call())
    try:
        pass
    finally:
        print("finally", now())
print(now())
