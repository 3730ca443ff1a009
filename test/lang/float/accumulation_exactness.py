x = 0.0
for i in range(1000):
    x += 0.1
print(x, x == 100, abs(x - 100) < 1e-9)
p = 1.0
for i in range(60):
    p *= 1.1
print(p)
h = 0.0
for i in range(1, 2000):
    h += 1.0 / i
print(h)
s = 0.0
for i in range(500):
    s += i * 0.5 if i % 3 else -i / 7
print(s)
a, b = 1e16, 1.0
print(a + b - a, (a + b) - a == b, 0.1 + 0.2 + 0.3, 0.1 + (0.2 + 0.3), 1e308 + 1e308 - 1e308)
y = 1.0
while y * 0.5 > 0:
    y *= 0.5
print(y)
