def f(item, bucket=[]):
    bucket.append(item)
    return bucket


print(f(1), f(2), f(3, []), f(4))
print(f.__defaults__)
f.__defaults__ = ((),)
try:
    f(1)
except AttributeError as error:
    print(error)
n = 1


def g(x=n, *, y=n + 1):
    return x, y


n = 100
print(g(), g.__kwdefaults__)
g.__kwdefaults__["y"] = "changed"
print(g())
