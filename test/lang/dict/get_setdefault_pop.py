d = {"a": 1, None: 2, (1, 2): 3}
print(d.get("a"), d.get("z"), d.get("z", 0), d.get(None), d[(1, 2)], d.setdefault("a", 9), d.setdefault("n", []), d.setdefault("m"))
d["n"].append(1)
print(d, d.pop("a"), d.pop("a", "default"), d.pop(None), len(d))
for bad in (lambda: d["zz"], lambda: d.pop("zz"), lambda: d[[]], lambda: d.get({}), lambda: d.setdefault([], 1), lambda: [] in d, lambda: d.pop()):
    try:
        bad()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
print(d.clear(), d, d.get("a"), "a" in d, bool(d), d == {})
