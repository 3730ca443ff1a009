def f(x):
    return x + 1


def g(x):
    return x * 100


print(f(2))
f.__code__ = g.__code__
print(f(2), f.__name__)


def outer():
    y = 1

    def inner():
        return y

    return inner


try:
    f.__code__ = outer().__code__
except ValueError as error:
    print(error)
