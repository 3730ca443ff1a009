def work(n):
    out = []
    for i in range(n):
        out.append(abs(i - 5))
        if i == n // 2:
            globals()["abs"] = lambda x: "shadow"
    return out


print(work(10))
print(work(4))
del abs
print(work(0), abs(-3))


def use_range(k):
    s = 0
    for i in range(k):
        s += i
    return s


for _ in range(300):
    use_range(20)
range = lambda n: [100, 200]
print(use_range(5))
del range
print(use_range(5))
