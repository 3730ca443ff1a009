a = b = c = []
a.append(1)
print(b, c, a is c)
x, y = z = 1, 2
print(x, y, z)
(p, q), r = [s, t] = (1, 2), 3
print(p, q, r, s, t)
i = [0, 0]
i[0], i[1], *i[1:1] = 5, 6, 7, 8
print(i)
