import functools


def count(f):
    @functools.wraps(f)
    def wrapper(*args, **kw):
        wrapper.calls += 1
        return f(*args, **kw)

    wrapper.calls = 0
    return wrapper


@count
def add(a, b=1):
    """Adds."""
    return a + b


print(add(1), add(2, b=5), add.calls, add.__name__, add.__doc__, add.__wrapped__(3))


class Memo:
    def __init__(self, f):
        self.f, self.cache = f, {}

    def __call__(self, n):
        if n not in self.cache:
            self.cache[n] = self.f(n)
        return self.cache[n]


@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), len(fib.cache))
