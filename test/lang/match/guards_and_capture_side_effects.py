def f(v):
    match v:
        case [x, y] if print("guard", x, y) or x > y:
            return "greater"
        case [x, _] if x == 0:
            return "zero"
        case [x, y]:
            return x, y
        case x if (n := len(x)) > 2:
            return n
        case x:
            return x


print(f([2, 1]), f([0, 5]), f([1, 2]), f([1, 2, 3]), f([]))
match [1, [2, 3]]:
    case [a, [b, 99]]:
        pass
    case _:
        pass
print("b" in globals() or "captures of a failed pattern may or may not bind")
match 5:
    case bound:
        pass
print(bound)
