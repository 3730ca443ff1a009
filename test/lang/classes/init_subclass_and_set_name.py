class Registry:
    known = []

    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Registry.known.append(cls.__name__)


class A(Registry, tag="a"):
    pass


class B(A):
    pass


print(Registry.known, A.tag, B.tag)
try:
    class C(Registry, other=1):
        pass
except TypeError as error:
    print(error)


class Named:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)


class Host:
    x = Named()
    y = z = Named()


Host.late = Named()
class BadName:
    def __set_name__(self, o, n): raise ValueError("no")
try:
    class H2: v = BadName()
except RuntimeError as error:
    print(error, "|", repr(error.__cause__))
