def report(rows):
    width = 0
    for row in rows:
        for cell in row:
            text = str(cell)
            if len(text) > width:
                width = len(text)
    for row in rows:
        print(" ".join(str(cell).rjust(width) for cell in row))


report([[i * j for j in range(5)] for i in range(4)])
report([["name", 1.5], [None, True], [2 ** 65, -1]])
report([])
for i in range(20):
    print(i, end="," if i % 10 != 9 else "\n")
