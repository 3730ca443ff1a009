a = list(range(6))
a[1:3] = ["x"]
print(a)
a[::2] = [10, 20, 30]
print(a)
a[2:2] = "ins"
print(a)
a[len(a):] = [99]
a[:0] = [-1]
a[-3:-1] = []
print(a)
a[5:2] = ["reversed bounds"]
print(a)
del a[1::2]
print(a)
a[:] = (i for i in range(3))
a[1:] = a
print(a)
for bad in (lambda: a.__setitem__(slice(None, None, 2), [1]), lambda: a.__setitem__(slice(0, 1), 5), lambda: a.__setitem__(10, 1), lambda: a.__setitem__("x", 1)):
    try:
        bad()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
