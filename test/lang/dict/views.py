d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 2 in v, ("a", 1) in i, ("a", 2) in i)
d["d"] = 4
del d["a"]
print(k, list(v), list(i))
print(sorted(k & {"b", "z"}), sorted(k | {"z"}), sorted(k - {"b"}), sorted(k ^ {"b", "z"}), k == {"b", "c", "d"}, k <= {"b", "c", "d", "e"}, k.isdisjoint({"q"}), sorted(i & {("b", 2)}))
print(list(reversed(k)), list(reversed(v)), v == d.values(), k == d.keys(), i == d.items(), k.mapping == d)
try:
    k.mapping["x"] = 1
except TypeError as error:
    print(error)
it = iter(k)
next(it)
d["e"] = 5
try:
    next(it)
except RuntimeError as error:
    print(error)
try:
    for key in d:
        d.pop(key)
        d[key + "x"] = 0
except RuntimeError as error:
    print(error)
