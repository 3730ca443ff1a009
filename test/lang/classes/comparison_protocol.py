class N:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        print("eq", self.n)
        return self.n == o.n if isinstance(o, N) else NotImplemented

    def __lt__(self, o):
        print("lt", self.n)
        return self.n < o.n


a, b = N(1), N(2)
print(a == b, a != b, a < b, a > b)
print(a == 1, a != "x")
try:
    a <= b
except TypeError as error:
    print(error)
try:
    hash(a)
except TypeError as error:
    print(error)
print([1, a] == [1, N(1)], a in [b, a])
