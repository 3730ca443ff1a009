a, b, c, d = 1, 2, 3, 4
a, b = b, a
print(a, b)
a, b, c = c, a, b
print(a, b, c)
a, b, c, d = d, c, b, a
print(a, b, c, d)
l = [1, 2, 3]
i = 0
i, l[i] = 2, 9
print(i, l)
l[0], l[2] = l[2], l[0]
print(l)
