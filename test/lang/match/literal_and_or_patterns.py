def f(x):
    match x:
        case 0 | 1:
            return "small"
        case -5:
            return "minus five"
        case 2.5:
            return "float"
        case 1 + 2j:
            return "complex"
        case "a" | "b":
            return "letter"
        case b"bytes":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case _:
            return "other"


for v in (0, 1, True, False, -5, 2.5, 1 + 2j, "a", "b", "c", b"bytes", None, 1.0, [], "bytes"):
    print(repr(v), f(v))
