s = ""
for i in range(1000):
    s += str(i % 10)
print(len(s), s[:12], s[-5:], s.count("7"), hash(s) == hash("0123456789" * 100), s == "0123456789" * 100)
t = ""
for c in "abc":
    t = c + t
    u = t + "|"
    t += "."
    print(t, u)
parts = s
parts += "é"
parts += "日"
parts += "😀"
print(len(parts), parts[-3:], parts[500:503], s is not parts, len(s))
d = {}
k = ""
for i in range(5):
    k += "k"
    d[k] = i
print(d)
