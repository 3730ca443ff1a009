d = {}
for i in range(2000):
    d["k%d" % i] = i
for i in range(0, 2000, 2):
    del d["k%d" % i]
for i in range(0, 2000, 4):
    d["k%d" % i] = -i
keys = list(d)
print(len(d), keys[:3], keys[-3:], sum(d.values()), d["k4"], "k2" in d)
q = {}
for i in range(5000):
    q[i] = i
    if i >= 10:
        del q[i - 10]
print(list(q), len(q))
while q:
    q.popitem()
print(q)
d2 = dict(d)
d.clear()
print(len(d), len(d2), next(iter(d2)))
