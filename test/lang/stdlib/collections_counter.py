from collections import Counter

c = Counter("abracadabra")
print(c.most_common(2), c["a"], c["z"], "z" in c, sum(c.values()), sorted(c.elements())[:6], c.total(), len(c))
d = Counter(a=1, b=5, z=-2)
print(c + d, c - d, c & d, c | d, +d, -d, sorted((c - d).items()))
c.update("aaa")
c.subtract({"b": 10})
print(c["a"], c["b"], c.most_common()[-1], Counter([1, 1, 2]) == Counter({1: 2, 2: 1}), Counter("ab") <= Counter("aab"), Counter(), c.copy() == c)
del c["missing"]
try:
    Counter(5)
except TypeError as error:
    print(error)
print(repr(Counter("ba")), dict(Counter("xyx")), Counter({"a": 0}) == Counter())
