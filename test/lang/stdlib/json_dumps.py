import json

print(json.dumps({"a": [1, 2.5, None, True, False, "x\n\"\\é😀\x01"], "b": {}, "c": [], "d": (1,)}))
print(json.dumps({"b": 1, "a": [1, {"c": 2}]}, indent=2, sort_keys=True))
print(json.dumps([1, [2]], separators=(",", ":")), json.dumps("é", ensure_ascii=False), json.dumps({1: "int", None: "n", True: "t", 1.5: "f"}), json.dumps([float("inf"), float("nan"), -float("inf")]), json.dumps({(1, 2): 1, "k": 1}, skipkeys=True), json.dumps([], indent=2), json.dumps([1, 2], indent="\t"), json.dumps(1e100), json.dumps(10 ** 20), json.dumps("</script>"))


class C:
    pass


class E(json.JSONEncoder):
    def default(self, o):
        return "custom" if isinstance(o, C) else super().default(o)


print(json.dumps([C()], cls=E), json.dumps([C()], default=lambda o: [1]))
for bad in (lambda: json.dumps(C()), lambda: json.dumps({(1,): 1}), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps({1}), lambda: json.dumps(b"x"), lambda: json.dumps(1j)):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, str(error).replace("C object", "object"))
l = []
l.append(l)
try:
    json.dumps(l)
except ValueError as error:
    print(error)
