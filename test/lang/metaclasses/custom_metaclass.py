class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        ns["added"] = sorted(k for k in ns if not k.startswith("__"))
        print("new", name, kw)
        return super().__new__(mcls, name, bases, ns)

    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    def hello(cls):
        return "hello from " + cls.__name__


class A(metaclass=Meta, option=1):
    x = 1

    def f(self):
        pass


class B(A):
    pass


A()
print(A.added, B.added, type(B).__name__, B.hello())
try:
    A().hello()
except AttributeError as error:
    print(error)
