def gcd(a, b):
    while b:
        a, b = b, a % b
    return a

def gcds(n):
    t = 0
    for i in range(1, n):
        for j in range(i, n, 2):
            while j > 100:
                j -= 7
            t += gcd2(i, j)
    return t

def gcd2(a, b):
    while b > 0:
        t = a % b
        a = b
        b = t
    return a

def collatz(n):
    best = 0
    at = 0
    for i in range(1, n):
        k = i
        steps = 0
        while k != 1:
            if k % 2 == 0:
                k = k // 2
            else:
                k = 3 * k + 1
            steps += 1
        if steps > best:
            best = steps
            at = i
    return best * 1000000 + at

def sieve(n):
    flags = [True] * n
    primes = []
    for i in range(2, n):
        if flags[i]:
            primes.append(i)
            for j in range(i * i, n, i):
                flags[j] = False
    return primes

def matmul(n):
    a = [[i * j % 7 for j in range(n)] for i in range(n)]
    b = [[i + j for j in range(n)] for i in range(n)]
    c = []
    for i in range(n):
        row = [0] * n
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            row[j] = s
        c.append(row)
    return c

def bubble(n):
    xs = [(i * 7919) % 1009 for i in range(n)]
    for i in range(n):
        for j in range(0, n - i - 1):
            if xs[j] > xs[j + 1]:
                xs[j], xs[j + 1] = xs[j + 1], xs[j]
    return xs

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def pick(a, b=10, c=3):
    return a * 100 + b * 10 + c

def defaults(n):
    t = 0
    for i in range(n):
        t += pick(i, 1, 2) + pick(c=i, a=2, b=4)
    return t

def swaps(n):
    a, b, c = 1, 2, 3
    for i in range(n):
        a, b, c = c, a, b
        p = (a, b)
        x, y = p
        a = x + y - b
    return a * 100 + b * 10 + c

def pairs(n):
    xs = [i * 3 for i in range(n)]
    t = 0
    for i, x in enumerate(xs):
        if i % 3 == 1:
            continue
        if x > 300:
            break
        t += i * x
    return t

def bits(n):
    h = 5381
    for i in range(n):
        h = ((h << 5) + h ^ i) & 0xFFFFFFFF
        h ^= h >> 3
        h |= i & 3
    return ~h

def negatives(n):
    xs = [i for i in range(n)]
    t = 0
    for i in range(1, n):
        t += xs[-i] * i // 3 - (-i) // 2 + (-i) % 5
    return t

def stack(n):
    s = []
    for i in range(n):
        s.append(i)
        s.append(i * 2)
        if i % 3 == 0:
            s.pop()
    t = 0
    while len(s) > 0:
        t = t * 3 + s.pop()
        t %= 1000003
    return t

def countdown(n):
    t = 0
    for i in range(n, 0, -3):
        for j in range(i, -i, -2):
            t += i * j
            if t > 10000:
                t -= 20000
    return t

def minmax(n):
    lo = 1000
    hi = -1000
    for i in range(n):
        v = i * i % 37 - 18
        lo = min(lo, v)
        hi = max(hi, v)
    return (lo, hi)

def is_odd(n):
    return n % 2 == 1

def flags(n):
    t = 0
    for i in range(n):
        f = is_odd(i)
        if f and i > 3 or not f and i < 8:
            t += 1
        t += (i > 2) + (i == 4)
    return t
