# Magnitudes around the ends of what fits into an immediate value, and the way through them.
values = [2.0 ** -256, 2.0 ** -255, 2.0 ** -254, 2.0 ** 256, 2.0 ** 257, 2.0 ** 258, 2.0 ** 1023, 5e-324, 1.5 * 2.0 ** -255, 1.999 * 2.0 ** 256]
for v in values:
    print(v, -v, v * 2, v / 2, v + 1 > 1, v == float(repr(v)), {v: "key"}[v], [v].index(v))
x = 1.0
steps = 0
while x < 1e290:
    x *= 1e10
    steps += 1
while x > 1e-290:
    x /= 1e10
    steps += 1
print(steps, x)
print(sum(values), max(values), min(values), sorted(values)[0], -0.0 == 0.0)
