class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"


class C(A):
    pass


o = A()
o.v = 1
o.__class__ = B
print(o.who(), o.v, type(o).__name__, isinstance(o, B))
c = C()
print(c.who())
C.__bases__ = (B,)
print(c.who(), C.__mro__[1].__name__)
for cls in (int, type("S", (), {"__slots__": ("q",)})):
    try:
        o.__class__ = cls
    except TypeError as error:
        print(error)
