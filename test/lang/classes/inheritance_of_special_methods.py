class A:
    def __len__(self):
        return 3

    def __contains__(self, x):
        return x == "a"

    def __call__(self):
        return "called"

    def __eq__(self, other):
        return True

    def __iter__(self):
        return iter([1, 2])


class B(A):
    __call__ = None
    __iter__ = None


class C(B):
    def __len__(self):
        return super().__len__() + 1

    def __hash__(self):
        return 7


b, c = B(), C()
print(len(b), "a" in b, len(c), b == 5, b != 5, hash(c), callable(b), callable(A()), A()())
for bad in (lambda: b(), lambda: iter(b), lambda: hash(b), lambda: list(c), lambda: c()):
    try:
        bad()
    except TypeError as error:
        print(error)
b.__len__ = lambda: 100
print(len(b), b.__len__())
B.__len__ = lambda self: 50
print(len(b), len(c), len(A()))
del B.__len__
print(len(b))
