class P:
    def __new__(cls, *args, **kw):
        print("new", cls.__name__, args, kw)
        return super().__new__(cls)

    def __init__(self, *args, **kw):
        print("init", args, kw)


P(1, k=2)


class Q:
    def __new__(cls):
        return 42

    def __init__(self):
        print("never")


print(Q())


class R(P):
    def __new__(cls):
        return P.__new__(P)


print(type(R()).__name__)


class Bad:
    def __init__(self):
        return 5


try:
    Bad()
except TypeError as error:
    print(error)
for cls, args in ((object, (1,)), (type("E", (), {}), (1,)), (type("F", (), {"__init__": lambda s: None}), (1,))):
    try:
        cls(*args)
    except TypeError as error:
        print(error)
