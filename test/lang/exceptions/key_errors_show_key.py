class K:
    def __repr__(self):
        return "<K>"


for make in (lambda: {}["missing"], lambda: {}[1, 2], lambda: {}[K()], lambda: {1: 2}.pop("p"), lambda: set().remove("r"), lambda: {}.popitem(), lambda: set().pop(),
             lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: "abc".index("z"), lambda: (1,)[3], lambda: "abc"[10], lambda: [1][-2],
             lambda: range(3)[7], lambda: b"a"[1], lambda: bytearray().pop()):
    try:
        make()
    except (LookupError, ValueError) as error:
        print(type(error).__name__, error)
