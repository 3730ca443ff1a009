# record: train
# Loops go on in native code after a guard failed, in functions and at the top level: what they do at their ends.
import sys

N = 40 if len(sys.argv) > 1 else 3000


def leaves_once(n, odd):
    total = 0
    seen = []
    for i in range(n):
        if i == 10 and odd:
            total = total + 0.5
        total += i
        if i % 1000 == 999:
            seen.append(total)
    return total, seen, i


def returns_inside(n, odd):
    k = 0
    while True:
        k += 1
        if k == 5 and odd:
            k = k + 1.0
        if k > n:
            return k, "out"


def raises_inside(items):
    done = 0
    for x in items:
        done += 1
        try:
            done += 10 // x
        except ZeroDivisionError:
            done += 100
        if done > 10**6:
            raise ValueError(done)
    else:
        done += 1
    return done


def cleans_up(n, odd):
    out = []
    for i in range(n):
        try:
            if i == 3 and odd:
                odd = "changed"
            if i == n - 2:
                break
        finally:
            if i % (n // 4) == 0:
                out.append(i)
    return out, odd


def inner(n, odd):
    count = 0
    for a in range(n):
        for b in range(n):
            if odd and a == 1 and b == 1:
                count += 1.0
            count += a ^ b
        while b > 0:
            b -= 2
            count -= 1
    return count, a, b


def nested_calls(n, odd):
    def step(x):
        return x * 2 if x != odd else [x]

    s = 0
    for i in range(n):
        r = step(i)
        if type(r) is list:
            r = len(r)
        s += r
    return s


for _ in range(30):
    leaves_once(N, False), returns_inside(N, False), raises_inside([1, 2, 3] * 20), cleans_up(N, False)
    inner(12, False), nested_calls(N, None)

print(leaves_once(N, False), returns_inside(N, False), cleans_up(N, False), inner(12, False), nested_calls(N, None))
odd = len(sys.argv) == 1
print(leaves_once(N, odd), returns_inside(N, odd), cleans_up(N, odd), inner(60, odd), nested_calls(N, 50 if odd else None))
print(raises_inside([1, 0, 2.0] * 500 if odd else [1, 2] * 50))
try:
    raises_inside([1e-3] * 5000 if odd else [1] * 3)
except ValueError as error:
    tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print(error, tb.tb_lineno)

# The top level.
total = 0
i = 0
while i < N:
    total += i * i
    i += 1
    if i == N // 2 and odd:
        total = float(total)
print(total, i)
for word in ["a", "bb", "ccc"] * (N // 3):
    if word == "bb" and total:
        last = word
        total = 0
    total += len(word)
print(word, last, total)
for name in range(N):
    if name == N // 2:
        globals()["total"] = -1
        del last
    total += 1
print(total, "last" in globals())
try:
    for i in range(N):
        total += i
        if i == N - 3:
            missing
except NameError as error:
    print(error, i)
for i in range(N):
    for j in range(3):
        if j == 2:
            continue
        total -= j
    else:
        total += 1
    if i > N - 2:
        break
else:
    print("not reached")
print(total, i, j)
for i in range(N):
    class Point:
        x = i

    def get(p=Point):
        return p.x

    lam = [get() for _ in range(1)]
print(lam, Point.x)


def recursive(n):
    t = 0
    for i in range(3):
        t += recursive(n - 1) if n else 1
    return t


print(recursive(6))
sys.exit(3 if odd else 0)
