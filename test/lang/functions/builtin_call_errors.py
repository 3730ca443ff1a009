calls = [lambda: len(), lambda: len(1, 2), lambda: len(5), lambda: abs("x"), lambda: ord("ab"), lambda: chr(-1), lambda: chr("a"), lambda: int("x", 5),
         lambda: int("12", 99), lambda: int([]), lambda: float("abc"), lambda: range(), lambda: range(1.5), lambda: range(1, 2, 0), lambda: isinstance(1, 1),
         lambda: sum(["a", "b"]), lambda: sum(1), lambda: max(), lambda: max([]), lambda: min(1, "a"), lambda: sorted(5), lambda: next([]), lambda: iter(5),
         lambda: divmod(1, 0), lambda: pow(2, 3, 0), lambda: round("x"), lambda: hash([]), lambda: getattr(1, 2), lambda: zip(1), lambda: bytes("x"),
         lambda: [].append(), lambda: [].append(1, 2), lambda: {}.get(), lambda: "a".join([1]), lambda: "a".split(""), lambda: enumerate(), lambda: reversed(5)]
for call in calls:
    try:
        print(call())
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
        print(type(error).__name__ + ":", error)
