class A:
    def __init__(self, x):
        self.x = x

    def f(self):
        return "A.f"

    @classmethod
    def c(cls):
        return "A.c " + cls.__name__

    @staticmethod
    def s():
        return "A.s"


class B(A):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y

    def f(self):
        g = lambda: super(B, self).f()
        return g() + "/" + super().f()

    @classmethod
    def c(cls):
        return "B>" + super().c()

    def nested(self):
        return [super(B, self).f() for _ in range(2)]


b = B(1, 2)
print(b.x, b.y, b.f(), B.c(), b.nested(), super(B, b).s(), super(B, B).c())
try:
    super().f()
except RuntimeError as error:
    print(error)
try:
    super(B, A(1))
except TypeError as error:
    print(error)
try:
    super(B, b).missing
except AttributeError as error:
    print(error)
