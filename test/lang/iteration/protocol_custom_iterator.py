class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        print("iter")
        return CountIterator(self.n)


class CountIterator:
    def __init__(self, n):
        self.i, self.n = 0, n

    def __iter__(self):
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration
        self.i += 1
        return self.i


c = Count(3)
for a in c:
    for b in c:
        print(a, b, end=" ")
    print()
x, y, z = c
print(x, y, z, list(c), sum(c), 2 in c, max(c), dict(zip(c, "abc")), sorted(c, reverse=True), tuple(c), "".join(map(str, c)))
it = iter(c)
print(next(it), list(it), list(it))
try:
    a, b = c
except ValueError as error:
    print(error)
