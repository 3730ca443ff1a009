for i in range(3):
    pass
print(i)
for i in []:
    pass
print(i)
for i in "ab":
    i = i * 2
    print(i)
for x, in [(1,), (2,)]:
    print(x)
d = {}
for d["k"] in range(4):
    pass
print(d)
for a, *b in [(1, 2, 3), "xyz"]:
    print(a, b)
