# What a union of classes has of its own, and what of its class.
union = int | str
print(union.__module__, [name for name in dir(union) if "check" in name])
for name in "__name__", "__qualname__", "__origin__", "__instancecheck__", "__mro__", "missing":
    try:
        print(name, getattr(union, name))
    except AttributeError as error:
        print(error)
print(isinstance(1, union), isinstance(b"", union), isinstance(None, int | None), issubclass(bool, union), issubclass(bytes, union))
for check in isinstance, issubclass:
    try:
        check(1, int | list[int])
    except TypeError as error:
        print(error)
for check, subject, parts in (isinstance, "", int | list[int]), (issubclass, int, list[int] | int), (issubclass, 1, union), (issubclass, 1, list[int] | int):
    try:
        print(check(subject, parts))
    except TypeError as error:
        print(error)
