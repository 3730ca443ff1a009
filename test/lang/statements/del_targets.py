a = [1, 2, 3, 4, 5]
del a[0], a[-1]
print(a)
del a[:]
print(a)
d = {"x": 1, "y": 2}
del d["x"]
print(d)


class C:
    pass


c = C()
c.v = 1
del c.v
print(hasattr(c, "v"))
x = y = z = 1
del (x, [y]), z
for name in ("x", "y", "z"):
    print(name in globals())
try:
    del undefined
except NameError as error:
    print(error)
try:
    del d["gone"]
except KeyError as error:
    print(error)
try:
    del c.v
except AttributeError as error:
    print(error)
