# The class of a value that is an attribute of another class gets __get__ and __set__ (or loses them) after sites have seen it.
class Descriptor:
    pass


class Meta(type):
    kind = Descriptor()


class Holder(metaclass=Meta):
    x = Descriptor()
    y = Descriptor()
    kind = "of the class"

    def __init__(self):
        self.x = 1


def read(holder):
    return holder.x


def read_class_value(holder):
    return type(holder.y).__name__


def store(holder, value):
    holder.x = value
    return holder.__dict__["x"]


def method(holder):
    return holder.x()


def kind():
    return Holder.kind


def loop(n):
    holder = Holder()
    total = 0
    for i in range(n):
        total += read(holder) + store(holder, 1)
        if i == n - 10:
            Descriptor.__get__ = lambda self, instance, owner: 100
            Descriptor.__set__ = lambda self, instance, value: None
    return total, kind(), read_class_value(holder)


print(kind())
other = Holder()
for _ in range(300):
    read_class_value(other)
    kind()
other.x = lambda: "called"
for _ in range(300):
    method(other)
print(method(other), read_class_value(other))
print(loop(500))
Descriptor.__get__ = lambda self, instance, owner: lambda: "from the descriptor"
print(method(other))
del Descriptor.__set__
print(method(other), kind(), callable(other.y))
del Descriptor.__get__
print(method(other), kind())
