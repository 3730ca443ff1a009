def f(x):
    match x:
        case {"type": "circle", "r": r}:
            return ("circle", r)
        case {"type": "rect", "size": [w, h], **rest}:
            return ("rect", w, h, rest)
        case {"x": None}:
            return "x none"
        case {1: a, -2: b}:
            return ("ints", a, b)
        case {**only} if not only:
            return "empty"
        case {}:
            return "some mapping"
    return "no"


from collections import OrderedDict, defaultdict

for v in ({"type": "circle", "r": 2, "z": 0}, {"type": "rect", "size": (1, 2), "c": "red"}, {"x": None}, {1: "a", -2: "b"}, {}, {"y": 1}, OrderedDict(x=None), [], "s",
          defaultdict(int, {"type": "circle"})):
    print(f(v))
d = defaultdict(int)
match d:
    case {"missing": m}:
        print("found")
    case _:
        print("defaultdict not filled", dict(d))
