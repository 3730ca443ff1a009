print([f() for f in [lambda: x for x in range(3)]])
print([f() for f in [lambda x=x: x for x in range(3)]])


def g(n):
    return [lambda m: n + m + k for k in range(2)]


print([f(10) for f in g(100)])
print([[f() for f in fs] for fs in [[lambda: (i, j) for j in range(2)] for i in range(2)]])


class A:
    def m(self):
        return [self.v + i for i in range(2)], [__class__.__name__ for _ in "x"]

    v = 5


print(A().m())
