from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self):
        ...

    @property
    @abstractmethod
    def name(self):
        ...

    def show(self):
        return "%s %s" % (self.name, self.area())


class Square(Shape):
    name = "square"

    def area(self):
        return 4


class Half(Shape):
    def area(self):
        return 1


print(Square().show())
for cls in (Shape, Half):
    try:
        cls()
    except TypeError as error:
        print(error)


class Foreign:
    pass


Shape.register(Foreign)
print(isinstance(Foreign(), Shape), issubclass(Foreign, Shape), sorted(Half.__abstractmethods__))
