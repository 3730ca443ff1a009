print((0.5).as_integer_ratio(), (0.1).as_integer_ratio(), (2.0).is_integer(), (2.5).is_integer(), (1.5).hex(), (-0.1).hex(), float.fromhex("0x1.8p+1"), float.fromhex("-inf"), (0.0).hex(), (5e-324).hex())
print(float(), float(5), float("1e3"), float(True), (1.5).real, (1.5).imag, (1.5).conjugate(), hash(0.5), hash(1e300), hash(1.0), abs(-2.5), -(-1.5), +1.5, (1.5).__trunc__(), (1.5).__int__())
import math

print(math.fsum([0.1] * 10), sum([0.1] * 10), math.hypot(3, 4), math.dist([0, 0], [3, 4]), math.prod([1.5, 2, 3]), math.pi, math.e, math.tau, math.isclose(0.1 + 0.2, 0.3), math.cbrt(27), math.exp2(10), math.log2(8), math.log10(1000), math.log(8, 2), math.gamma(5), math.erf(0.5))
for bad in (lambda: float("x"), lambda: float([]), lambda: float(1j), lambda: float.fromhex("zz"), lambda: math.sqrt("4"), lambda: math.log(-1), lambda: math.acos(2)):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
