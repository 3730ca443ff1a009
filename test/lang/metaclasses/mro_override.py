class Meta(type):
    def mro(cls):
        order = super().mro()
        return [order[0]] + list(reversed(order[1:-1])) + [order[-1]]


class A:
    v = "A"


class B:
    v = "B"


class C(A, B, metaclass=Meta):
    pass


print(C.v, [k.__name__ for k in C.__mro__])
