class Loud:
    def __init__(self, n, h):
        self.n, self.h = n, h

    def __hash__(self):
        log.append("hash %s" % self.n)
        return self.h

    def __eq__(self, other):
        log.append("eq %s" % self.n)
        return isinstance(other, Loud) and self.n == other.n


log = []
a, b, a2 = Loud("a", 1), Loud("b", 1), Loud("a", 1)
d = {a: 1}
print(log)
log.clear()
d[b] = 2
print(log)
log.clear()
print(d[a2], d.get(a), log)
log.clear()
d[a2] = 3
print(len(d), next(iter(d)) is a, d[a], Loud("c", 1) in d)
del d[a2]
print([k.n for k in d])
log.clear()
s = {a, a2, b}
print(len(s), a2 in s, len(s & {a2}), len({a} | {a2}))
