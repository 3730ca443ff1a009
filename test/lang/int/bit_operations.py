for a in (0, 1, -1, 5, -6, 2 ** 64, -2 ** 64, 2 ** 100 + 12345):
    print(a & 0xFF, a | 6, a ^ -1, ~a, a << 3, a >> 2, a >> 200, a & -2 ** 70, a.bit_length(), a.bit_count())
print(1 << 100, -1 << 70, -1 >> 1000, 5 >> 0, 0 << 10 ** 6, (1 << 64) - 1 & ~(1 << 63))
for bad in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 << 1.0, lambda: 1 >> "x"):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(error)
print(1 >> 2 ** 70, -1 >> 2 ** 70, True << 2, True | False, True & 1, type(True ^ False).__name__, type(True | 0).__name__)
