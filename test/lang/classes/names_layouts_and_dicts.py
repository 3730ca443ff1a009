"""Names and docstrings of classes; assigning and deleting __class__ and __dict__; a __dict__ of one's own."""
import types


def show(function, *args):
    try:
        print(function(*args))
    except (TypeError, AttributeError, ValueError) as error:
        print(type(error).__name__, error)


def rename(cls, value):
    cls.__name__ = value


show(type, "A\0B", (), {})
show(type, "A\udcdcB", (), {})
show(type, "A", (), {"__doc__": "x\udcdcy"})
A = type("A", (), {})
for name in "B\0", "B\udcdc", b"B", "C":
    show(rename, A, name)
print(A.__name__, A.__qualname__)


class G:
    __slots__ = ["a", "b"]


class H:
    __slots__ = ["b", "a"]


class J:
    __slots__ = ["c", "b"]


class N(J):
    __slots__ = ["__weakref__"]


class Q(J):
    pass


class R(J):
    __slots__ = ["__dict__", "__weakref__"]


def assign(value, cls):
    value.__class__ = cls
    return type(value).__name__


g = G()
g.a = 1
for cls in H, J, G:
    show(assign, g, cls)
print(g.a)
show(assign, J(), N)
show(assign, Q(), R)
show(assign, R(), Q)
a = A()
a.x = 1
del a.__dict__
print(a.__dict__, hasattr(a, "x"))
a.y = 2
print(a.__dict__)


class Base:
    pass


class Meta(type, Base):
    pass


class Module(types.ModuleType, Base):
    pass


own = Base.__dict__["__dict__"]
show(own.__set__, Meta("D", (), {}), {})
show(own.__set__, Module("m"), {})


class Shown:
    def names(self):
        return {"a": 2}

    __dict__ = property(names)


print(vars(Shown()), Shown().__dict__)
try:
    1 / 0
except ZeroDivisionError as error:
    print(dir(error.__traceback__))
