class Meta(type):
    x = "meta x"
    y = "meta y"

    @property
    def p(cls):
        return "property of " + cls.__name__

    def __getattr__(cls, name):
        return "meta getattr " + name

    def __len__(cls):
        return 42

    def __iter__(cls):
        return iter([1, 2])

    def __contains__(cls, v):
        return v == 1

    def __getitem__(cls, k):
        return k * 2


class C(metaclass=Meta):
    x = "class x"


print(C.x, C.y, C.p, C.zzz, len(C), list(C), 1 in C, C[4])
try:
    C().y
except AttributeError as error:
    print(error)
