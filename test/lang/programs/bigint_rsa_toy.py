def egcd(a, b):
    x0, x1 = 1, 0
    while b:
        q, a, b = a // b, b, a % b
        x0, x1 = x1, x0 - q * x1
    return a, x0


p, q = 2 ** 127 - 1, 2 ** 89 - 1
n, phi = p * q, (p - 1) * (q - 1)
e = 65537
d = egcd(e, phi)[1] % phi
print(d * e % phi, n.bit_length())
for text in ("hello", "krait é", ""):
    m = int.from_bytes(text.encode(), "big")
    c = pow(m, e, n)
    back = pow(c, d, n)
    print(hex(c)[:18], back == m, back.to_bytes((back.bit_length() + 7) // 8, "big").decode() == text)


def modpow(b, k, n):
    r = 1
    while k:
        if k & 1:
            r = r * b % n
        b = b * b % n
        k >>= 1
    return r


print(modpow(12345678901234567890, d, n) == pow(12345678901234567890, d, n), modpow(3, 1000, 10 ** 20), str(n)[:20], n % 997, int(str(n)) == n)
fib = [0, 1]
while fib[-1] < 10 ** 60:
    fib.append(fib[-1] + fib[-2])
print(len(fib), fib[-1], sum(fib) == 2 * fib[-1] + fib[-2] - 1)
