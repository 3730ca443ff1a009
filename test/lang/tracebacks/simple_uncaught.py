# uncaught
def f(x):
    return g(x + 1)


def g(y):
    z = [1, 2, 3]
    return z[y] + undefined_name


print("before")
f(0)
