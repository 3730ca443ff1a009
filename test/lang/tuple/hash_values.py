print(hash(()), hash((1, 2, 3)) == hash((1, 2, 3)), hash((1,)) != hash((1, 1)), hash(((1, 2), 3)) != hash((1, (2, 3))))
print(len({(i, j) for i in range(30) for j in range(30)}), len({hash((i, j)) for i in range(30) for j in range(30)}) > 890)
d = {}
for i in range(5):
    for j in range(5):
        d[i, j] = i * j
print(d[3, 4], (5, 5) in d, sum(d.values()), sorted(d)[7], d.get((9,), "none"))
print(hash((1, 2)), hash((0, 0.5)), hash((True, None))== hash((1, None)), hash(("",)) == hash(("",)))
