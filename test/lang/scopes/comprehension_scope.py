x = "outer"
print([x for x in range(3)], x)
print({x: x for x in "ab"}, x)
y = [lambda: v for v in range(3)]
print([f() for f in y])
print([[i + j for j in range(i)] for i in range(4)])
print([x for x in [x, x]])


def f():
    a = 5
    return [a + b for b in range(2) for a in [b * 10]], a


print(f())
