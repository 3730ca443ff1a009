d = {}
for i in range(-5, 6):
    d[i] = i * i
d[2 ** 70] = "big"
d[1.0] = "float replaces"
d[True] = "bool replaces"
d["1"] = "string"
d[0.5] = "half"
d[-0.0] = "zero"
print(d)
print(d[1], d[1 + 0j], d[2 ** 70], d[0], len(d), d.get("1"), d.get(b"1"), d[False])
for i in range(-5, 6, 2):
    del d[i]
print(list(d))
print({-1: "a", -2: "b"}[-2], hash(-1) == hash(-2), {i: i for i in range(5)} == {float(i): i for i in reversed(range(5))})
