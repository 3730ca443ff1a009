# group: numeric; quick: 8
# Number of ways to place n queens, by backtracking over sets of columns and diagonals held as bits and as lists.
import sys


def count_bits(n, columns, left, right):
    full = (1 << n) - 1
    if columns == full:
        return 1
    total = 0
    free = full & ~(columns | left | right)
    while free:
        bit = free & -free
        free ^= bit
        total += count_bits(n, columns | bit, ((left | bit) << 1) & full, (right | bit) >> 1)
    return total


def count_lists(n, row, columns, rising, falling):
    if row == n:
        return 1
    total = 0
    for column in range(n):
        if columns[column] or rising[row + column] or falling[row - column + n]:
            continue
        columns[column] = rising[row + column] = falling[row - column + n] = True
        total += count_lists(n, row + 1, columns, rising, falling)
        columns[column] = rising[row + column] = falling[row - column + n] = False
    return total


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    for size in range(4, n + 1):
        lists = count_lists(size, 0, [False] * size, [False] * (2 * size), [False] * (2 * size + 1))
        print(size, lists, count_bits(size, 0, 0, 0))


main()
