d = {"b": 1, "a": 2}
d["c"] = 3
d["b"] = 10
print(d, list(d), list(d.items()), list(reversed(d)))
del d["b"]
d["b"] = 20
print(d, d.popitem(), d)
d.update({"a": 5}, z=1)
d.update([("q", 7), "xy"])
print(d, d | {"a": 0, "n": 1}, {"a": 0} | d)
d |= [("w", 9)]
print(d)
print(dict(a=1, b=2), dict([(1, 2)]), dict({"x": 1}, y=2), dict(zip("ab", range(2))), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
for bad in (lambda: dict([1]), lambda: dict(["abc"]), lambda: dict(5), lambda: d.update(5), lambda: {} | [], lambda: dict([(1, 2, 3)]), lambda: d.popitem(1), lambda: {}.popitem()):
    try:
        bad()
    except (TypeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)
