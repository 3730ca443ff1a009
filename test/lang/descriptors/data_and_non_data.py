class Data:
    def __get__(self, obj, owner):
        return ("data get", obj is not None, owner.__name__)

    def __set__(self, obj, value):
        print("set", value)

    def __delete__(self, obj):
        print("delete")


class NonData:
    def __get__(self, obj, owner=None):
        return "non-data get"


class SetOnly:
    def __set__(self, obj, value):
        obj.__dict__["s"] = value * 2


class C:
    d = Data()
    n = NonData()
    s = SetOnly()


c = C()
c.__dict__.update(d="inst", n="inst")
print(c.d, c.n, C.d, C.n)
c.d = 5
del c.d
c.n = "assigned"
print(c.n)
c.s = 4
print(c.s, type(C.s).__name__)
try:
    del c.s
except AttributeError as error:
    print(error)
C.d = "replaced on class"
print(C.d, c.d)
