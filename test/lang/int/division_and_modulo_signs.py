for a in (7, -7, 0, 2 ** 70, -2 ** 70):
    for b in (2, -2, 3, -3, 2 ** 65, -2 ** 65 - 1):
        q, r = divmod(a, b)
        assert q * b + r == a and (r == 0 or (r < 0) == (b < 0))
        print(a // b, a % b, end="; ")
    print()
for bad in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 2 ** 70 // 0, lambda: 0 ** -1, lambda: 2 ** 70 % 0, lambda: 1.0 // 0, lambda: 1.0 % 0):
    try:
        bad()
    except ZeroDivisionError as error:
        print(error)
