a = [[0] * 3] * 2
a[0][0] = 5
print(a)
b = [[0] * 3 for _ in range(2)]
b[0][0] = 5
print(b)
c = a[:]
c[0] = "new"
c[1].append("shared")
print(a, c)
d = a
d += [1]
print(a is d, len(a))
a = a + [2]
print(len(d), a == d)
e = [1, 2]
e.extend(e)
e += e
print(e)
f = [1, 2, 3]
f[1:1] = f
print(f)
e *= 0
print(e, [1] * 3, 2 * [1, 2], [1] * -1)
