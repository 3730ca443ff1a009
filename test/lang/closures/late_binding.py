fs = []
for i in range(3):
    fs.append(lambda: i)
print([f() for f in fs])
i = "rebound"
print([f() for f in fs])


def g():
    fs = [lambda: j for j in range(3)]
    j = "outer"
    return [f() for f in fs]


print(g())
