print([round(x) for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e20)], [round(x, 1) for x in (0.25, 0.35, 2.675, -0.05)], round(2.675, 2), round(1.005, 2), round(1234.5678, -2), round(5.5e15, -3))
print(round(5, 2), round(15, -1), round(25, -1), round(-15, -1), round(5), type(round(2.0)).__name__, type(round(2.0, 0)).__name__, round(1e300, 5), round(1.5, 400), round(1.5, -400), round(True), round(12345, -10))
import math

print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.floor(2 ** 70), int(-1.5), -7 // 2.0, 7.5 // 2, -7.5 % 2, divmod(-7.5, 2), math.modf(-3.25), math.frexp(10), math.ldexp(0.5, 5))
try:
    round(1.5, "x")
except TypeError as error:
    print(error)
