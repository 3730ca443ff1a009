class L(list):
    def sum(self):
        return sum(self)

    def append(self, x):
        super().append(x * 2)


l = L([1, 2])
l.append(3)
l += [4]
print(l, l.sum(), l[1:], type(l[1:]).__name__, type(l + [1]).__name__, len(l))
l.tag = "attr"
print(l.tag, l == [1, 2, 6, 4])


class D(dict):
    def __getitem__(self, k):
        return "hooked"


d = D(a=1)
print(d["a"], d.get("a"), "%(a)s" % d, eval("a", d), list(d.values())[0], sorted(dict(d)))


class I(int):
    def __repr__(self):
        return "I"


print(I(5), I(5) + 1, [I(5)], str(I(5)), f"{I(5)}", "%d" % I(5), I(5) == 5, {5: "x"}[I(5)])
