print([(i, j) for i in range(4) for j in range(i) if (i + j) % 2])
print([[j * i for j in range(3)] for i in range(3)])
print({i: [j for j in range(i)] for i in range(3)})
print(sorted({i % 3 for i in range(10) if i if i != 5}))
print([x for row in [[1, 2], [], [3]] for x in row])
print([a if a > 1 else -a for a in range(4) if a != 2])
print([y for x in range(5) if x % 2 for y in [x * 10] if y < 40])
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)], [list(t) for t in zip(*m)])
