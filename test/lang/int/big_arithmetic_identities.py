a, b, c = 3 ** 201, 7 ** 150 + 1, -5 ** 120
print((a + b) - b == a, (a * b) // b == a, (a * b + 5) % b == 5, divmod(a * c + 1, c), a * (b + c) == a * b + a * c)
print((a << 137) >> 137 == a, -a // b, -a % b == b - a % b, (a - b) * (a + b) == a * a - b * b, abs(c) == -c)
print(a > b, b > c, a == 3 ** 201, a != a + 1, max(a, b, c) == a, sorted([a, b, c, 0]) == [c, 0, b, a])
import math

print(math.isqrt(a * a) == a, math.gcd(a * 6, a * 4) == a * 2, math.factorial(25), math.comb(60, 30), math.isqrt(10 ** 40 + 1))
x, y = 1, 1
for _ in range(300):
    x, y = y, x + y
print(x, y % 1000003, float(x), x / y, int(x / y * 1000))
