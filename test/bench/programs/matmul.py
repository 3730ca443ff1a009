# group: numeric; quick: 40
# Product of two square matrices of floats, as lists of rows.
import sys


def matrix(size, seed):
    rows = []
    for i in range(size):
        row = []
        for j in range(size):
            seed = (seed * 1103515245 + 12345) % 2147483648
            row.append(seed / 2147483648 - 0.5)
        rows.append(row)
    return rows


def multiply(a, b):
    size = len(a)
    columns = [[row[j] for row in b] for j in range(size)]
    product = []
    for row in a:
        line = []
        for column in columns:
            total = 0.0
            for k in range(size):
                total += row[k] * column[k]
            line.append(total)
        product.append(line)
    return product


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 310
    product = multiply(matrix(size, 1), matrix(size, 2))
    trace = 0.0
    for i in range(size):
        trace += product[i][i]
    print("%.9f %.9f" % (trace, product[size // 2][size // 3]))


main()
