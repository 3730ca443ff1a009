a = [3, 1, 2]
b = a
a.sort()
print(b, a is b)
a.sort(key=lambda x: -x)
print(b)
rows = [["b", 1], ["a", 2]]
view = rows[0]
rows.sort()
view.append("x")
print(rows)
nested = [[3, 1], [2]]
for r in nested:
    r.sort()
print(nested)
c = sorted(a)
c.append(9)
print(a, c)
a.reverse()
print(b, list(reversed(b)), b[::-1], b)
m = [5, 2]
m.sort(reverse=True)
m += m
m.sort()
print(m, sorted(m, reverse=True) == m[::-1])
d = {"z": [2, 1]}
d["z"].sort()
print(d)
