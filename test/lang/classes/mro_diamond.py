class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


print(D().who(), [c.__name__ for c in D.__mro__], D.__bases__ == (B, C))
try:
    class X(A, B):
        pass
except TypeError as error:
    print(error)
try:
    class Y(A, A):
        pass
except TypeError as error:
    print(error)
print(B.__subclasses__() == [D], issubclass(D, A), D.mro() == list(D.__mro__))
