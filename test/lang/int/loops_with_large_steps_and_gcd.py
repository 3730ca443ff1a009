def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def egcd(a, b):
    if a == 0:
        return b, 0, 1
    g, x, y = egcd(b % a, a)
    return g, y - (b // a) * x, x


def is_prime(n):
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d, s = d // 2, s + 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


print(gcd(2 ** 80, 6 ** 40), gcd(1071, 462), gcd(0, 5), gcd(-12, 18), egcd(240, 46), egcd(3 ** 50, 2 ** 70))
print([n for n in range(60) if is_prime(n)], is_prime(2 ** 61 - 1), is_prime(2 ** 61 + 1), is_prime(2 ** 89 - 1), is_prime(2 ** 64 + 13))
n, factors = 600851475143 * 2 ** 5, []
p = 2
while n > 1:
    while n % p == 0:
        factors.append(p)
        n //= p
    p += 1 if p == 2 else 2
print(factors)
