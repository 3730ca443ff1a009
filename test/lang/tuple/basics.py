t = (1, "a", [2])
print(t[0], t[-1], t[1:], t + (3,), t * 2, len(t), t.index("a"), t.count(1), "a" in t, (), (1,), tuple("ab"), tuple([1]), tuple(t) is t)
t[2].append(3)
print(t)
for bad in (lambda: t.__setitem__(0, 1), lambda: hash(t), lambda: t[5], lambda: t["x"], lambda: t + [1], lambda: t.index("zz"), lambda: t.append(1), lambda: t * "x"):
    try:
        bad()
    except (TypeError, IndexError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
print((1, 2) < (1, 3), (1,) < (1, 0), () < (0,), hash((1, 2)) == hash((1.0, 2.0)), {(1, 2): "k"}[1, 2], (1, (2, 3)) == (1, (2, 3)), max((1, 2), (1, 3)), 1, 2 == (1, 2))
try:
    t[0] = 5
except TypeError as error:
    print(error)
try:
    del t[0]
except TypeError as error:
    print(error)
