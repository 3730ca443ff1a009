def f(x):
    match x:
        case []:
            return "empty"
        case [1, 2]:
            return "one two"
        case [x]:
            return ("single", x)
        case [first, *rest, 9]:
            return ("ends in 9", first, rest)
        case (a, b, *_) if a == b:
            return ("pair equal", a)
        case [[a, b], *_]:
            return ("nested", a, b)
        case [*all_]:
            return ("any", all_)
        case _:
            return "not a sequence"


from collections import deque

for v in ([], (), [1, 2], (1, 2), [5], [1, 2, 9], [3, 3], [(4, 5), 6], [7, 8], "ab", b"ab", {1, 2}, range(3), deque([1, 2]), iter([1]), bytearray(b"x")):
    print(f(v))
