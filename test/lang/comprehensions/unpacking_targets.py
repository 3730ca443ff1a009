print([a + b for a, b in [(1, 2), (3, 4)]])
print({k: v for k, (v, *_) in {"x": (1, 2), "y": "abc"}.items()})
print([x for x, in [(1,), (2,)]], [rest for _, *rest in ["abc", "d"]])
d = {}
try:
    [a for a, b in [(1, 2, 3)]]
except ValueError as error:
    print(error)
print([i for i, c in enumerate("banana") if c == "a"])
print([(x, y) for (x, y), z in [((1, 2), 3)]])
