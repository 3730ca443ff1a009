inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, inf - inf, inf * 0, inf + 1, 1 / inf, -1 / inf, inf == inf, nan == nan, nan != nan, nan < 1, inf > 10 ** 400)
print(max(nan, 1), max(1, nan), min(nan, 1), sorted([3, nan, 1])[0], nan in [nan], [nan].index(nan), {nan: 1}[nan], bool(nan), bool(-0.0), 0.0 == -0.0)
print(inf // 1, inf % 5, 5 % inf, -5 % inf, 5 // inf, -5 // inf, 1e308 * 10, -1e308 * 10, 5e-324 / 2, str(-0.0), 0.0 * -1)
import math

print(math.isnan(nan), math.isinf(-inf), math.copysign(1, -0.0), math.isfinite(1e308), round(-0.4), hash(inf), hash(-inf), float("-nan"), math.fmod(-5, 3), math.nextafter(1, 2))
for bad in (lambda: int(inf), lambda: int(nan), lambda: round(inf), lambda: round(nan), lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: 1.0 / 0, lambda: math.floor(inf), lambda: inf.as_integer_ratio()):
    try:
        bad()
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
