print(2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 2 ** 53 + 1 > 2.0 ** 53, 10 ** 400 > 1e308, -10 ** 400 < float("-inf"), 10 ** 400 < float("inf"))
print(1 == 1.0, hash(1) == hash(1.0), 0 == -0.0, 3 < 3.5, 2 ** 63 == float(2 ** 63), 10 ** 22 == 1e22, 10 ** 23 == 1e23, 5 != float("nan"), 5 < float("nan"))
print(max(1, 1.0), max(1.0, 1), min(2, 2.0), {1: "a", 1.0: "b", True: "c"}, 1 in [1.0], sorted([3, 2.5, -1, 10 ** 30, -1e40]))
print(10 ** 16 + 1 == 1e16, 10 ** 16 == 1e16, True == 1.0, True + 1.5, 7 // 2.0, 7 % -2.5, 2 ** 1.5, 10 ** 400 // 1 > 5)
for bad in (lambda: 10 ** 400 * 1.0, lambda: 10 ** 400 / 2.0, lambda: float(10 ** 400), lambda: 10 ** 400 / 3):
    try:
        bad()
    except OverflowError as error:
        print(error)
print(10 ** 400 / 10 ** 399, (10 ** 400 + 1) / 10 ** 400)
