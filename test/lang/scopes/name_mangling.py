class A:
    __private = 1
    __dunder__ = 2

    def __init__(self):
        self.__x = 5

    def get(self):
        return self.__x, self.__private

    def local(self):
        __v = 3
        return __v, sorted(locals())

    def kw(self, __a):
        return __a


a = A()
print(a.get(), sorted(vars(a)), a._A__x, A._A__private)
print(a.local(), a.kw(_A__a=4))


class _B(A):
    __x = "b"

    def both(self):
        return self.__x


print(_B().both(), _B._B__x)
