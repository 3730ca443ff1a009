from functools import lru_cache, cache, wraps, singledispatch, total_ordering

calls = []


@lru_cache(maxsize=2)
def f(x, k=0):
    calls.append(x)
    return x * 2


print(f(1), f(1), f(2), f(3), f(1), calls, f.cache_info(), f(x=1), f.cache_info().misses)
f.cache_clear()
print(f.cache_info(), f.__wrapped__(5), f.cache_parameters())
try:
    f([])
except TypeError as error:
    print(error)


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(200), fib.cache_info().currsize)


@lru_cache(typed=True)
def g(x):
    return type(x).__name__


print(g(1), g(1.0), g(True), g.cache_info().misses)


@total_ordering
class T:
    def __init__(self, n):
        self.n = n

    def __eq__(self, o):
        return self.n == o.n

    def __lt__(self, o):
        return self.n < o.n


print(T(1) <= T(1), T(2) > T(1), T(1) >= T(2), T(1) != T(2))
