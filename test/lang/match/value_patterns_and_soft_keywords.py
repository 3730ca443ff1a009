import enum


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class K:
    limit = 10


def f(v):
    match v:
        case Color.RED:
            return "red"
        case Color.BLUE | K.limit:
            return "blue or limit"
        case {"k": K.limit}:
            return "dict with limit"
    return None


print(f(Color.RED), f(Color.BLUE), f(10), f({"k": 10}), f(1))
match = 5
case = [match]
print(match, case, match * 2)
_ = match
match, case = case, match
match[0] += 1
print(match, case)
