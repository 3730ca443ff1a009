# While a metaclass's mro() runs, the class has no linearisation: it cannot be extended, and super() finds nothing.
class Meta(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "Inner":
            try:
                class Inner(cls):
                    pass
            except TypeError as error:
                print(error)
            try:
                super(cls, cls).missing
            except AttributeError as error:
                print("AttributeError")
        return type.mro(cls)


class A(metaclass=Meta):
    pass


print(A.__mro__)
