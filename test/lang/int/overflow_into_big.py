x = 1
seen = []
for i in range(70):
    x *= 2
    if i in (29, 30, 60, 61, 62, 63, 64):
        seen.append(x)
print(seen)
y = 2 ** 62 - 1
print(y + 1, y * 2, -y - 1, -y - 2, y + y, (y + 1) - 1 == y, y - -y, -(-2 ** 62), abs(-2 ** 62), ~(2 ** 62))
z = 4611686018427387903
print(z + 1, z + 1 - 1, z * z, -z * z, z << 1, z << 5 >> 5, (z + 1) >> 1, z ^ -1, z | 2 ** 64, z & 2 ** 64 - 1)
total = 0
for i in range(100):
    total += 10 ** i
print(total, total % 97, total // 10 ** 98)
f = 1
for i in range(1, 31):
    f *= i
print(f, f // (2 ** 26), f % 1000000007)
