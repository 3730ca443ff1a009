def outer(n):
    def even(k):
        return True if k == 0 else odd(k - 1)

    def odd(k):
        return False if k == 0 else even(k - 1)

    def fact(k):
        return 1 if k < 2 else k * fact(k - 1)

    class Local:
        def run(self):
            return even(n), fact(n)

    return Local().run(), [even(i) for i in range(4)], (lambda f: f(f, 5))(lambda f, k: 1 if k == 0 else k * f(f, k - 1))


print(outer(6), outer(25))


def counter():
    n = 0
    while True:
        def bump(by):
            nonlocal n
            n += by
            return n
        yield bump


c = counter()
a, b = next(c), next(c)
print(a(1), b(10), a(100), next(c)(0), a is b)
