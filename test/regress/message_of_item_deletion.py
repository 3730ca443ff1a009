# CPython has two texts for objects without item deletion: sequences asked with an index get another one.
class Plain:
    pass


for o in ("abc", (1, 2), 5, Plain(), range(3), None, frozenset()):
    for k in (0, slice(1), "a"):
        try:
            del o[k]
        except TypeError as error:
            print(error)
