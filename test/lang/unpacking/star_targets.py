for value in ([1, 2, 3, 4], "ab", range(3), (1, 2)):
    a, *b = value
    print(a, b, end=" | ")
    *c, d = value
    print(c, d, end=" | ")
    e, *f, g = value
    print(e, f, g)
(a, *b), *c = [[1, 2, 3], 4, 5]
print(a, b, c)
*a, = "xyz"
print(a)
[a, [b, *c]] = 1, (2, 3, 4)
print(a, b, c)
for a, *b in [(1,), (1, 2, 3)]:
    print(a, b)
first, *_, last = range(100)
print(first, last, len(_))
