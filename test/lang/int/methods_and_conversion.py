print((5).to_bytes(2, "big"), (-5).to_bytes(2, "little", signed=True), int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\xff\xfe", "little", signed=True), (2 ** 70).to_bytes(9, "big"))
print((10).as_integer_ratio(), (7).numerator, (7).denominator, (7).conjugate(), (7).real, (7).imag, int(), int(3.99), int(-3.99), int(True), int("5"), int(b"12"), int(1e20))
print(hex(-255), oct(8), bin(-5), hex(2 ** 70), f"{2 ** 70:b}".count("0"), str(2 ** 64), repr(-1), hash(5), hash(-1), hash(2 ** 61 - 1), hash(2 ** 61), hash(-2 ** 61))
for bad in (lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (1).to_bytes(1, "middle"), lambda: int(float("nan")), lambda: int(float("inf")), lambda: int(1j), lambda: int(None), lambda: int("5", 1), lambda: int(5, 10)):
    try:
        bad()
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
