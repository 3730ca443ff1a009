# Names of keyword arguments are not mangled in a class, names of parameters are.


def show(*args, **names):
    return args, names


class C:
    def call(self, other):
        print(show(__x=1), show(*[2], __x=3), show(**{"a": 4}, __y=5), self.__method(__z=6))
        print(super().__init_subclass__.__name__)

    def __method(self, **names):
        return names

    def parameter(self, __p):
        return __p

    class Inner:
        def __init_subclass__(cls, **names):
            print(names)

    class Derived(Inner, __k=7):
        pass


C().call(None)
print(C().parameter(_C__p=8))
try:
    C().parameter(__p=9)
except TypeError as e:
    print(e)
