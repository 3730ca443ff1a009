print(all([]), any([]), all([1, "a", [0]]), any([0, "", None, 3]), all(x > 0 for x in (1, -1)), any(x > 5 for x in range(10)))
calls = []
print(any(calls.append(x) or x > 1 for x in range(5)), calls)
print(abs(-5), abs(-2.5), abs(3 + 4j), abs(True), abs(-2 ** 70), abs(-0.0), divmod(7, -2), divmod(-7.5, 2), divmod(2 ** 70, 3), divmod(True, 2))
print(pow(2, 3), pow(2, 0.5), pow(2, -1), pow(2, 10, 1000), pow(base=2, exp=3, mod=5), round(2.5), round(3.14159, 3), round(-1.5), round(1234, -2), round(number=1.25, ndigits=1))
for bad in (lambda: abs("x"), lambda: abs(), lambda: divmod(1), lambda: divmod("a", 1), lambda: pow("a", 2), lambda: pow(1), lambda: round(), lambda: round("x"), lambda: all(5), lambda: any()):
    try:
        bad()
    except TypeError as error:
        print(error)
