class A:
    def me(self):
        return __class__

    def lazy(self):
        return [__class__.__name__ for _ in range(2)], (lambda: __class__)()


class B(A):
    pass


print(A().me() is A, B().me() is A, A().lazy()[0], A().lazy()[1] is A)
print("__class__" in A.me.__code__.co_freevars)


def f():
    class C:
        def m(self):
            nonlocal_class = __class__
            return nonlocal_class.__qualname__
    return C


print(f()().m())
