class A:
    def __add__(self, o):
        return "A.add"

    def __radd__(self, o):
        return "A.radd"

    def __lt__(self, o):
        return "A.lt"

    def __gt__(self, o):
        return "A.gt"


class B(A):
    def __radd__(self, o):
        return "B.radd"

    def __gt__(self, o):
        return "B.gt"


class C(A):
    pass


print(A() + B(), B() + A(), A() + C(), C() + A(), A() + A())
print(A() < B(), A() < C(), A() > B())
class I(int):
    def __radd__(self, o): return "I.radd"
print(1 + I(2), I(1) + 2)
