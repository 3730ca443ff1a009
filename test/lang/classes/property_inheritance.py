class A:
    @property
    def p(self):
        return "A.p"


class B(A):
    @property
    def p(self):
        return "B+" + super().p


class C(A):
    p = 5


class D(A):
    @A.p.setter
    def p(self, v):
        self.stored = v


print(B().p, C().p)
d = D()
d.p = 3
print(d.p, d.stored)
x = property()
try:
    type("E", (), {"x": x})().x
except AttributeError as error:
    print(error)
