class Meta(type):
    def __instancecheck__(cls, obj):
        return hasattr(obj, "quack")

    def __subclasscheck__(cls, sub):
        return sub.__name__.startswith("D")


class Duck(metaclass=Meta):
    pass


class Dog:
    quack = 1


print(isinstance(Dog(), Duck), isinstance(5, Duck), issubclass(Dog, Duck), issubclass(int, Duck))
print(isinstance(1, (str, (list, int))), isinstance(True, int), issubclass(bool, (str, int)))
for bad in (lambda: isinstance(1, "x"), lambda: issubclass(1, int), lambda: isinstance(1, (int, 5)), lambda: isinstance("s", (int, 5))):
    try:
        print(bad())
    except TypeError as error:
        print(error)
