def f(a, b=2):
    c = a + b
    snapshot = dict(locals())
    return snapshot


print(f(1))


def g():
    x = 1
    locals()["x"] = 5
    return x


print(g())
globals()["dynamic"] = "made"
print(dynamic)
print(sorted(k for k in vars() if not k.startswith("_")))


class C:
    a = 1
    print(sorted(k for k in locals() if not k.startswith("__")))
