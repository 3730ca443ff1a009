é = 1
日本 = 2
ﬁ = 3
print(é + 日本, fi, "fi" in globals(), "ﬁ" in globals())


class Ünï:
    def größe(self, *, ñ=5):
        return ñ


print(Ünï().größe(ñ=7), Ünï.__name__, Ünï.größe.__qualname__)
µ = "micro sign"
print(μ, getattr(Ünï(), "größe")())
