class Meta(type):
    @property
    def version(cls):
        return "v" + cls.__name__

    def shared(cls):
        return "meta method of " + cls.__name__


class Desc:
    def __get__(self, obj, owner):
        return ("class" if obj is None else "instance", owner.__name__)


class A(metaclass=Meta):
    d = Desc()
    version_number = 5

    def shared(self):
        return "instance method"


class B(A):
    pass


print(A.version, B.version, A.d, B().d, B.d, A().shared())
try:
    A().version
except AttributeError as error:
    print(error)
print(A.shared(A()), type(A).shared(A))
B.version_number = 6
print(A.version_number, B().version_number, Meta.version.fget(B))
try:
    A.version = 1
except AttributeError as error:
    print(error)
print("version" in dir(A), "version" in dir(Meta))
