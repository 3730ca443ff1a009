o = object()
print(type(o), type(type), type(5), type(None), type(...), object.__bases__, bool.__bases__, type.__mro__, int.__mro__, isinstance(type, object), isinstance(object, type), type(len), type(print), type(lambda: 0), type([].append), type(str.upper), type(C := type("C", (), {})), type(range(1)), type(iter([])), type(x for x in []))
print(int.__name__, int.__module__, list.__qualname__, str.__base__, (5).__class__, type(o).__name__, object() == object(), o == o, hash(o) == hash(o))
for bad in (lambda: setattr(o, "x", 1), lambda: o.x, lambda: o + o, lambda: o < o, lambda: o(), lambda: o[0], lambda: len(o), lambda: iter(o), lambda: setattr(list, "x", 1), lambda: int.foo, lambda: type("a", "b", "c"), lambda: object(1), lambda: type()):
    try:
        bad()
    except (AttributeError, TypeError) as error:
        print(error)
