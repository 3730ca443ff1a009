import math

print(math.gcd(12, 18, 27), math.lcm(4, 6), math.gcd(), math.factorial(20), math.comb(5, 2), math.perm(5, 2), math.perm(4), math.isqrt(99), math.prod([1, 2, 3], start=4), math.floor(2.7), math.ceil(-2.7), math.trunc(2.9), math.fabs(-3), math.copysign(3, -0.0), math.remainder(7, 4), math.fmod(-7, 4))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(-1, -1), math.sinh(1), math.cosh(1), math.tanh(1), math.exp(1), math.expm1(1e-10), math.log1p(1e-10), math.log(10), math.log(2 ** 1000), math.log2(2 ** 70), math.log10(10 ** 300), math.pow(2, 0.5), math.sqrt(2), math.degrees(math.pi), math.radians(180), math.lgamma(10), math.ulp(1.0))
print(math.isclose(1, 1 + 1e-10), math.isclose(0, 1e-10), math.isclose(0, 1e-10, abs_tol=1e-9), math.floor(10 ** 20), type(math.floor(1.5)).__name__, math.hypot(3, 4, 12), math.dist((1, 2), (4, 6)), math.fsum([1e16, 1, -1e16]), math.nan != math.nan)
for bad in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-5), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.exp(1000), lambda: math.pow(0, -1), lambda: math.gcd(1.5), lambda: math.asin(2), lambda: math.isqrt(-1), lambda: math.comb(-1, 2), lambda: math.sqrt("x"), lambda: math.floor("x"), lambda: math.fmod(1, 0), lambda: math.sin(float("inf")), lambda: math.sqrt(), lambda: math.dist([1], [1, 2]), lambda: math.ldexp(1, 5000)):
    try:
        print(bad())
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
