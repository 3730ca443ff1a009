class A:
    name = "A"

    @staticmethod
    def s(x):
        return x * 2

    @classmethod
    def c(cls, x=0):
        return cls.name, x

    @classmethod
    def make(cls):
        return cls()


class B(A):
    name = "B"


print(A.s(2), A().s(3), A.c(), B.c(1), B().c(2), type(B.make()).__name__)
print(B.c.__self__ is B, A.__dict__["s"](4), type(A.__dict__["c"]).__name__)
print(A.__dict__["c"].__func__(B, 9), callable(A.__dict__["s"]))
