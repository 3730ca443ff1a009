def noisy(n):
    print("make", n)
    return n


g = (noisy(i) * 2 for i in range(3))
print("created")
print(next(g), next(g))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
late = (a * b for a in [1, 2] for b in undefined_later)
undefined_later = [10, 20]
print(list(late))
print(sum(i * i for i in range(10)), max((len(w), w) for w in ["a", "bbb", "cc"]))
n = 3
gen = (n * i for i in range(3))
n = 100
print(list(gen))
