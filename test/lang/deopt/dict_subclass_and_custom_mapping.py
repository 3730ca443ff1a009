def lookup(d, keys):
    t = []
    for k in keys:
        t.append(d[k])
    return t


plain = {"a": 1, "b": 2}
for _ in range(100):
    lookup(plain, "ab")


class Missing(dict):
    def __missing__(self, k):
        return "missing " + k


class Custom:
    def __getitem__(self, k):
        return k.upper()


print(lookup(plain, "ab"), lookup(Missing(a=1), "ab"), lookup(Custom(), "ab"), lookup({"a": 1.5, "b": None}, "ba"), lookup([5, 6], [1, 0]))
try:
    lookup(plain, "abc")
except KeyError as error:
    print(repr(error))
try:
    lookup(plain, [[]])
except TypeError as error:
    print(error)
