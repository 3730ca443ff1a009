class A:
    class B:
        def m(self):
            def inner():
                class L:
                    pass
                return L
            return inner


print(A.B.__qualname__, A.B.m.__qualname__, A.B().m().__qualname__)
print(A.B().m()().__qualname__, (lambda: 0).__qualname__)
print([f.__qualname__ for f in [lambda: 0]])
print(A.B().m()().__module__)
