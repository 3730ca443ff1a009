l = []
for _ in range(200):
    l = [l]
print(str(l).count("["), l == l, len(repr(l)))
d = {}
for i in range(100):
    d = {i: d}
print(str(d).count("{"))
a, b = [], []
a.append(b)
b.append(a)
try:
    print(a == b)
except RecursionError as error:
    print("RecursionError", str(error)[:32])
deep = ()
for _ in range(500):
    deep = (deep,)
try:
    hash(deep)
    print("hashed")
except RecursionError:
    print("too deep to hash")
while deep:
    deep, = deep
print(deep)
