class C:
    pass


objects = []
for i in range(20):
    o = C()
    for j in range(i % 7):
        setattr(o, "abcdefg"[(i + j) % 7], i * j)
    objects.append(o)
print([sorted(vars(o).items()) for o in objects[::5]])
total = 0
for o in objects:
    total += getattr(o, "c", 1) + getattr(o, "g", 100)
print(total)
big = C()
for i in range(300):
    setattr(big, "a%d" % i, i)
print(sum(getattr(big, "a%d" % i) for i in range(300)), len(vars(big)), list(vars(big))[:3])
for i in range(0, 300, 2):
    delattr(big, "a%d" % i)
print(len(vars(big)), list(vars(big))[:3], hasattr(big, "a2"))
