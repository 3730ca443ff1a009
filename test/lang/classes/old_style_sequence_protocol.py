class Seq:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, i):
        if isinstance(i, slice):
            return i.indices(self.n)
        if i >= self.n:
            raise IndexError("end")
        return i * i

    def __len__(self):
        return self.n


s = Seq(4)
print(list(s), 9 in s, 5 in s, list(reversed(s)), s[1:3], s[::-1])
a, b, c, d = s
print(a, b, c, d, max(s), sum(s), [*s], dict(enumerate(s)))
it = iter(s)
print(next(it), it.__length_hint__())
