log = []


def t(name, value):
    log.append(name)
    return value


def run(f):
    log.clear()
    result = f()
    return result, "".join(log)


print(run(lambda: t("a", 0) and t("b", 1) or t("c", 2)))
print(run(lambda: (t("a", 1) or t("b", 1)) and not t("c", 0)))
print(run(lambda: t("a", 1) if t("b", 0) and t("c", 1) else t("d", 4)))
print(run(lambda: not (t("a", 0) or t("b", "")) and t("c", [])))


def branch(a, b, c):
    if a and (b or c) and not (b and c):
        return "exactly one"
    elif not a or (b and c):
        return "other"
    else:
        return "none"


print([branch(a, b, c) for a in (0, 1) for b in ("", "b") for c in ([], [0])])
while t("w", len(log) < 8) and t("x", True):
    pass
print("".join(log))
assert t("ok", 1) or t("never", 0)
print(log[-1])
