def f(a: int, *b: str, c: "float" = 1) -> None:
    """Doc."""


print(f.__name__, f.__qualname__, f.__doc__, f.__module__)
print(f.__annotations__)
f.custom = [1]
print(f.custom, f.__dict__)
f.__name__ = "renamed"
print(f.__name__, f.__qualname__)
c = f.__code__
print(c.co_name, c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_flags & 0x0C)
try:
    f.__name__ = 5
except TypeError as error:
    print(error)
try:
    f.__code__ = 5
except TypeError as error:
    print(error)
