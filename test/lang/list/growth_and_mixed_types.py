a = []
for i in range(1000):
    a.append(i)
print(len(a), sum(a), a[-1], a[500])
for i in range(900):
    a.pop()
print(len(a), a[-1])
b = [1, 2, 3]
b.append(1.5)
b.append("s")
b[0] = 2 ** 70
b[1] = None
print(b, [type(x).__name__ for x in b])
floats = [0.5] * 3
floats.append(1)
print(floats, sum(floats))
ints = list(range(5))
ints[2] = "x"
print(ints, ints.index("x"), [x for x in ints if x != "x"])
while a:
    a.pop(len(a) // 2)
print(a)
