from math import cos, exp, sin, sqrt


def newton(f, df, x, steps=20):
    for _ in range(steps):
        step = f(x) / df(x)
        x -= step
        if abs(step) < 1e-14:
            break
    return x


def simpson(f, a, b, n):
    h = (b - a) / n
    total = f(a) + f(b)
    for i in range(1, n):
        total += f(a + i * h) * (4 if i % 2 else 2)
    return total * h / 3


def bisect(f, lo, hi):
    while hi - lo > 1e-12:
        mid = (lo + hi) / 2
        if f(lo) * f(mid) <= 0:
            hi = mid
        else:
            lo = mid
    return lo


print(newton(lambda x: x * x - 2, lambda x: 2 * x, 1.0), sqrt(2), simpson(sin, 0, 3.141592653589793, 100), bisect(lambda x: x ** 3 - x - 2, 1, 2), newton(lambda x: cos(x) - x, lambda x: -sin(x) - 1, 1))
x, v = 1.0, 0.0
for _ in range(1000):
    v -= x * 0.01
    x += v * 0.01
print(x, v, sum(1 / n ** 2 for n in range(1, 1000)), exp(1) - sum(1 / f for f in [1, 1, 2, 6, 24, 120, 720]))
try:
    newton(lambda x: x, lambda x: 0.0, 1.0)
except ZeroDivisionError as error:
    print(error)
