def total(*args, **kw):
    return sum(args) + sum(kw.values())


print(total(*(i for i in range(5))), total(*[1], *(x for x in [2]), **{c: 1 for c in "ab"}), sum(i for i in range(3)), max((i for i in [3, 1]), key=lambda v: -v), dict(a=1, **{k: v for k, v in [("b", 2)]}))
print(sorted((w for w in ["b", "a"]), reverse=True), list(map(lambda a, b: a * b, (i for i in range(3)), [4, 5, 6])), ",".join(str(i) for i in range(3)), set(i % 2 for i in range(5)) == {0, 1}, any(i > 2 for i in range(4)), tuple(x for x in ()))


def f(first, *rest):
    return first, rest


g = (i for i in "abc")
print(f(*g), list(g))
print((lambda *a: a)(*"ab", *range(2), *{}))
