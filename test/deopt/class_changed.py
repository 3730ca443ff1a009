# record: train
import sys


class Base:
    k = 1

    def f(self, x):
        return x + self.k


class Derived(Base):
    pass


def run(o, n, at=None, action=None):
    out = 0
    for i in range(n):
        out += o.f(i)
        if i == at:
            action()
    return out


d = Derived()
for _ in range(300):
    run(d, 10)
print(run(d, 10))
if len(sys.argv) == 1:
    print(run(d, 10, 3, lambda: setattr(Base, "k", 100)), run(d, 2))
    print(run(d, 10, 3, lambda: setattr(Derived, "f", lambda self, x: 0.25)), run(d, 2))
    print(run(d, 10, 3, lambda: delattr(Derived, "f")), run(d, 2))
    print(run(d, 10, 3, lambda: setattr(d, "k", -1)), run(d, 2))
    print(run(d, 10, 3, lambda: setattr(d, "f", lambda x: 7)), run(d, 2))
    del d.f
    print(run(d, 4, 1, lambda: setattr(Derived, "__getattribute__", lambda self, n: lambda x: 9)), run(d, 2))
    del Derived.__getattribute__
    d.__class__ = type("Other", (), {"f": lambda self, x: "s"[:0] or 3})
    print(run(d, 3))
    try:
        run(d, 5, 2, lambda: delattr(type(d), "f"))
    except AttributeError as error:
        print(error)
