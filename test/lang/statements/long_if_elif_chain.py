def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10 and n % 2:
        return "small odd"
    elif n < 10:
        return "small even"
    elif n < 100:
        if n % 10 == 0:
            return "round"
        elif n in (11, 22, 33):
            return "repdigit"
    elif isinstance(n, float):
        return "float"
    else:
        return "large"
    return "medium"


print([classify(n) for n in (-1, 0, 3, 4, 50, 22, 57, 100.5, 1000, True, -0.0, 5.0)])
source = "def f(x):\n" + "".join("    %s x == %d: return %d\n" % ("if" if i == 0 else "elif", i, i * i) for i in range(400)) + "    return None"
ns = {}
exec(source, ns)
print(ns["f"](0), ns["f"](399), ns["f"](200), ns["f"](400))
