print(2 ** 0, 0 ** 0, 2 ** 100, (-2) ** 3, (-2) ** 4, 2 ** -2, (-2) ** -1, 10 ** 30, 7 ** 77 % 10 ** 9)
print(pow(3, 200, 13), pow(-3, 3, 7), pow(3, -1, 7), pow(2, 10, 1), pow(5, 0, 1), pow(2, 5, -7), pow(10 ** 20, 10 ** 20, 10 ** 9 + 7), pow(38, -1, 97))
print((-8) ** (1 / 3), (-1) ** 0.5, 4 ** 0.5, 2 ** 0.5, 2.0 ** 3, 0.0 ** 0, (-2.0) ** 3)
for bad in (lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: pow(2.0, 3, 5), lambda: 0 ** -1, lambda: 0.0 ** -2, lambda: 10.0 ** 400):
    try:
        print(bad())
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as error:
        print(type(error).__name__, error)
