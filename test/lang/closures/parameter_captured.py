def adder(n):
    def add(x):
        return x + n
    return add


print([adder(n)(10) for n in range(3)])


def args_captured(*args, **kw):
    return lambda: (args, kw)


print(args_captured(1, 2, a=3)())


def rebinding(n):
    f = lambda: n
    n += 1
    return f


print(rebinding(1)())
def default_and_cell(n, m=2):
    def f(k=n):
        return n + m + k
    n = 10
    return f
print(default_and_cell(1)())
