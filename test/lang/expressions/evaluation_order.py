def t(name, value=None):
    print(name, end=" ")
    return value if value is not None else name


d = {}
d[t("key")] = t("value")
print(d)
t("f", lambda *a, **k: print(a, k))(t(1), *t("star", [2, 3]), k=t("kw", 4), **t("dstar", {"z": 5}))
print({t("k1"): t("v1"), t("k2"): t("v2")})
x = [0, 0]
x[t("i", 0) - 0], x[t("j", 1)] = t("a", 10), t("b", 20)
print(x)
print(t("left", 1) + t("right", 2) * t("third", 3))
lst = [5, 6, 7]
lst[t("idx", 1)] += t("inc", 10)
print(lst)
print(t("low", 1) < t("high", 0) < t("never", 9))
