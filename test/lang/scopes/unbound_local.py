x = 1


def f():
    print(x)
    x = 2


def g(flag):
    if flag:
        y = 1
    return y


def h():
    for i in []:
        pass
    return i


for call in (f, lambda: g(False), h):
    try:
        call()
    except UnboundLocalError as error:
        print(error)
print(g(True))


def d():
    z = 1
    del z
    return z


try:
    d()
except UnboundLocalError as error:
    print(error)
