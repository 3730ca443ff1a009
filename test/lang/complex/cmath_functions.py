# cmath on ordinary values, and its errors.
import cmath

for name in ("acos", "asin", "atan", "cos", "exp", "log", "log10", "sin", "sinh", "sqrt", "tan", "tanh"):
    for z in (0.5, 1 + 2j, -1.5 + 0.5j):
        w = getattr(cmath, name)(z)
        print(name, z, "%.10g %.10g" % (w.real, w.imag))
print(cmath.phase(-1j), cmath.polar(3 + 4j), cmath.rect(1, 0), cmath.isclose(1j, 1.0000000001j), cmath.infj, cmath.nanj)
for bad in (lambda: cmath.log(0), lambda: cmath.exp(800), lambda: cmath.atanh(1), lambda: cmath.sqrt("a")):
    try:
        bad()
    except (ValueError, OverflowError, TypeError) as error:
        print(type(error).__name__, error)
