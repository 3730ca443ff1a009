class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *rest, scale=1):
        return (self.n + x + sum(rest)) * scale


add = Adder(5)
print(add(1), add(1, 2, 3, scale=10), callable(add), callable(5))
add.__call__ = lambda *a: "instance attribute is ignored"
print(add(1))
try:
    five = 5
    five()
except TypeError as error:
    print(error)
Adder.__call__ = lambda self, x: "patched %d" % x
print(add(7))
print(list(map(Adder(1).__class__, [1])) != [])
