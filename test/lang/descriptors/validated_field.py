class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, owner):
        if obj is None:
            return self
        return getattr(obj, self.name, None)

    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError("%s must be %s, not %s" % (self.name[1:], self.kind.__name__, type(value).__name__))
        setattr(obj, self.name, value)


class Person:
    name = Typed(str)
    age = Typed(int)


p = Person()
p.name, p.age = "Ann", 30
print(p.name, p.age, vars(p), Person.age.kind)
for field, value in (("age", "old"), ("name", 3)):
    try:
        setattr(p, field, value)
    except TypeError as error:
        print(error)
print(Person().age)
