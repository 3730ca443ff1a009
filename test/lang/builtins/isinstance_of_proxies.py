"""isinstance asks __class__ where a class has its own __getattribute__; fields that cannot be set."""
import inspect
import types


class C:
    pass


class Proxy:
    def __init__(self, target):
        self.__target = target

    def __getattribute__(self, name):
        if name.startswith("_Proxy__"):
            return object.__getattribute__(self, name)
        return getattr(self.__target, name)


proxy = Proxy(C())
print(isinstance(proxy, C), isinstance(proxy, Proxy), isinstance(proxy, (int, C)), isinstance(proxy, int))


class Slotted:
    __slots__ = "a",


print(inspect.ismemberdescriptor(Slotted.a), inspect.isgetsetdescriptor(Slotted.a), type(types.FunctionType.__globals__).__name__)
for value, name in (property(), "fget"), (lambda: 0, "__closure__"), (staticmethod(len), "__func__"):
    try:
        setattr(value, name, 1)
    except AttributeError as error:
        print(name, str(error).startswith("readonly") or type(value).__name__)
print(property().fget, (lambda: 0).__closure__)
