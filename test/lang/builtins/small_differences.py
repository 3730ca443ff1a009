# Constants have constructors, subclasses of float and property say what they are, option z holds for complex.
import types
import typing
import warnings

print(type(None)(), type(NotImplemented)(), type(...)())
try:
    type(None)(1)
except TypeError as error:
    print(error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(bool(NotImplemented), [str(w.message) for w in caught])


class F(float):
    def __float__(self):
        return 42.0


print(float(F()), f"{-0.j:z.1f}")
for text in ["++inf", "0x1p", "inf", "-nan"]:
    try:
        print(float.fromhex(text))
    except ValueError as error:
        print(error)


class C(complex):
    pass


print(complex(C(0.0, -0.0)))


class A:
    @property
    def x(self):
        "first"

    @x.setter
    def x(self, value):
        pass


class B(A):
    @A.x.getter
    def x(self):
        "second"


print(B.x.__doc__)
print(hash(int | str) == hash(typing.Union[int, str]), list[int] | types.GenericAlias(list, float))
try:
    memoryview(b"a") < b"b"
except TypeError as error:
    print(error)
try:
    memoryview(bytearray(b"a"))[0:1, 0:1] = b"b"
except NotImplementedError as error:
    print(error)
