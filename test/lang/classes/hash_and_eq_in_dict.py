class K:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, o):
        return isinstance(o, K) and self.n == o.n

    def __repr__(self):
        return "K%d" % self.n


d = {K(i): i for i in range(7)}
print(d, d[K(4)], K(9) in d, len(d))
d[K(4)] = "new"
del d[K(1)]
print(d)
print(K(1) == K(1), len({K(1), K(1), K(4)}))


class BadHash:
    def __hash__(self):
        return "x"


try:
    {BadHash(): 1}
except TypeError as error:
    print(error)
class NoHash:
    __hash__ = None
try: hash(NoHash())
except TypeError as error: print(error)
