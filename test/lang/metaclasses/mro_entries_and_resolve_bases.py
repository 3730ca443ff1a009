class Fake:
    def __init__(self, *real):
        self.real = real

    def __mro_entries__(self, bases):
        return self.real


class A:
    a = 1


class C(Fake(A), Fake()):
    pass


print(C.__bases__ == (A,), C.a, len(C.__orig_bases__))
from types import resolve_bases, new_class

print(resolve_bases((Fake(int),)))
print(new_class("N", (A,), {}, lambda ns: ns.update(z=3)).z)
try:
    class D(5):
        pass
except TypeError as error:
    print(error)
