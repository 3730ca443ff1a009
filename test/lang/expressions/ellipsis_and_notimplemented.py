print(..., Ellipsis, type(...).__name__, ... is Ellipsis)
print(NotImplemented, type(NotImplemented).__name__)
print([..., 1][0] is ...)


class A:
    def __add__(self, other):
        return NotImplemented

    def __eq__(self, other):
        return NotImplemented


print(A() == A(), A().__eq__(1) is NotImplemented)
try:
    A() + 1
except TypeError as error:
    print(error)
