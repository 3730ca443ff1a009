# group: general; quick: 90
# List, dict, set and generator comprehensions, nested and filtered, with closures over loop variables.
import sys


def grid(width, height):
    return [[(x * y + x) % 17 for x in range(width)] for y in range(height)]


def transpose(rows):
    return [[row[i] for row in rows] for i in range(len(rows[0]))]


def neighbours(rows, x, y):
    return sum(
        rows[j][i]
        for j in range(max(0, y - 1), min(len(rows), y + 2))
        for i in range(max(0, x - 1), min(len(rows[0]), x + 2))
        if (i, j) != (x, y)
    )


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1300
    rows = grid(size, size)
    turned = transpose(rows)
    print(sum(sum(row) for row in turned))
    smooth = [[neighbours(rows, x, y) % 7 for x in range(0, size, 2)] for y in range(0, size, 2)]
    print(sum(v for row in smooth for v in row if v > 2))
    counts = {k: sum(1 for row in rows for v in row if v == k) for k in range(17)}
    print(sorted(counts.items())[:5])
    distinct = {(a, b) for row in turned for a, b in zip(row, row[1:])}
    print(len(distinct))
    triples = [(a, b, c) for a in range(1, size // 2) for b in range(a, size // 2)
               for c in (int((a * a + b * b) ** 0.5),) if c * c == a * a + b * b]
    print(len(triples), triples[-1])
    adders = [lambda v, n=n: v + n for n in range(100)]
    print(sum(add(i) for i in range(size * 4) for add in adders if i % 2))


main()
