def g(a, b, *args, **kw):
    c = a + b
    d = [c, *args]
    yield c
    e = {"k": d, **kw}
    f = sum(d)
    yield f
    for i, x in enumerate(d):
        h = i * x
        yield h, e["k"][i]
    yield a, b, c, d, e, f, i, x, h


print(*g(1, 2, 3, 4, z=5), sep="\n")
