x: int = 5
y: "forward" = "s"
z: undefined_is_not_evaluated if False else list
print(x, y, __annotations__)
try:
    z
except NameError as error:
    print(error)


class C:
    a: int = 1
    b: str
    (c): float = 2.0


print(C.__annotations__, C.a, hasattr(C, "b"), C.c)


def f():
    local: print("not evaluated") = 3
    return local


print(f(), f.__annotations__)
obj = C()
obj.attr: int = 7
print(obj.attr)
