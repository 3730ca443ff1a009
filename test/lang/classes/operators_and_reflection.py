class V:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return "V(%r)" % (self.n,)

    def __add__(self, o):
        return V(self.n + (o.n if isinstance(o, V) else o)) if isinstance(o, (V, int)) else NotImplemented

    def __radd__(self, o):
        return V(("r", o, self.n))

    def __mul__(self, o):
        return V(self.n * o)

    __rmul__ = __mul__

    def __neg__(self):
        return V(-self.n)

    def __matmul__(self, o):
        return "matmul"

    def __divmod__(self, o):
        return "divmod"

    def __pow__(self, o, m=None):
        return ("pow", o, m)

    def __rpow__(self, o):
        return ("rpow", o)


v = V(2)
print(v + V(3), v + 1, 1 + v, 2 * v, v * 3, -v, v @ v, divmod(v, 1), v ** 2, pow(v, 2, 3), 2 ** v)
print("s" + v)
print(sum([V(1), V(2)], V(0)))
try:
    v + "s"
except TypeError as error:
    print(error)
