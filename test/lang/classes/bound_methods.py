class C:
    def __init__(self, n):
        self.n = n

    def m(self, k=1):
        return self.n + k


c = C(10)
m = c.m
print(m(), m(5), m.__self__ is c, m.__func__ is C.m, m.__name__)
print(C.m(c, 3), c.m == c.m, c.m is c.m, c.m == C(10).m, hash(m) == hash(c.m))
c.n = 20
print(m())
fs = [C(i).m for i in range(3)]
print([f(100) for f in fs])
C.m = lambda self, k=0: "patched"
print(c.m(), m())
try:
    C.m.__self__
except AttributeError as error:
    print(error)
