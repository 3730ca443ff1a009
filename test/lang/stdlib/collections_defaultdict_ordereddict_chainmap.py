from collections import defaultdict, OrderedDict, ChainMap

d = defaultdict(list)
d["a"].append(1)
d["b"]
print(d, d.get("c"), "c" in d, d.default_factory is list, dict(d), defaultdict(int, x=1)["y"])
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 5
print({k: dict(v) for k, v in nested.items()})
try:
    defaultdict()["k"]
except KeyError as error:
    print(error)
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
o.move_to_end("c", last=False)
print(o, o.popitem(last=False), o == OrderedDict(a=1, b=2), o == {"a": 1, "b": 2}, OrderedDict(b=2, a=1) == OrderedDict(a=1, b=2), list(reversed(o)))
try:
    o.move_to_end("zz")
except KeyError as error:
    print(error)
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
c["n"] = 9
print(c["a"], c["b"], sorted(c), len(c), c.maps[0], c.new_child({"a": 0})["a"], c.parents["a"], dict(c) == {"a": 1, "b": 3, "n": 9})
try:
    del c["b"]
except KeyError as error:
    print(error)
