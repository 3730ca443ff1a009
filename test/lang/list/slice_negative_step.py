a = list(range(10))
for s in (slice(None, None, -1), slice(8, 2, -2), slice(2, 8, -1), slice(-1, -11, -3), slice(None, 5, -1), slice(3, None, -1), slice(100, -100, -4), slice(0, 0, -1), slice(-100, 100, -1)):
    print(s, a[s], s.indices(10))
a[::-2] = "abcde"
print(a)
del a[::-3]
print(a)
a[5:1:-1] = [1, 2, 3, 4]
print(a)
