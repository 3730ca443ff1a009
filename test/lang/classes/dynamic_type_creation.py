Base = type("Base", (), {"x": 1, "hello": lambda self: "hello " + self.name})
Sub = type("Sub", (Base,), {"name": "sub", "__doc__": "made"})
s = Sub()
print(s.hello(), Sub.__doc__, Sub.__name__, Sub.__module__, s.x, Sub.__mro__[1] is Base)
Sub.__name__ = "Renamed"
print(Sub.__name__, Sub.__qualname__)
for args in (("X", (5,), {}), (5, (), {}), ("X", (int, str), {}), ("X", (bool,), {}), ("a\0b", (), {})):
    try:
        type(*args)
        print("ok")
    except (TypeError, ValueError) as error:
        print(error)
try:
    type(1, 2)
except TypeError as error:
    print(error)
