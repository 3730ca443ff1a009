def outer(flag):
    def inner():
        return x

    if flag:
        x = 1
    return inner


print(outer(True)())
try:
    outer(False)()
except NameError as error:
    print(type(error).__name__, error)


def deleted():
    v = 1

    def f():
        return v

    del v
    return f


try:
    deleted()()
except NameError as error:
    print(error)
