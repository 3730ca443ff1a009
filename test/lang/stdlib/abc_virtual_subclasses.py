from abc import ABC, abstractmethod, get_cache_token


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @classmethod
    def __subclasshook__(cls, other):
        return True if "area_of" in other.__dict__ else NotImplemented


class Square(Shape):
    def area(self):
        return 4


class Hooked:
    area_of = 1


class Other:
    pass


print(Shape.__abstractmethods__, Square.__abstractmethods__)
try:
    Shape()
except TypeError as error:
    print(error)
print(isinstance(Square(), Shape), issubclass(Hooked, Shape), issubclass(Other, Shape), isinstance(3, Shape))
before = get_cache_token()
print(Shape.register(Other) is Other, get_cache_token() != before)
print(issubclass(Other, Shape), isinstance(Other(), Shape), issubclass(Shape, Square))
for bad in (lambda: Shape.register(3), lambda: Square.register(Shape), lambda: issubclass(3, Shape)):
    try:
        bad()
    except (TypeError, RuntimeError) as error:
        print(type(error).__name__, error)


class Sub(Other):
    pass


print(issubclass(Sub, Shape), isinstance(Sub(), Shape))


class Wrong(ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return 5


try:
    issubclass(int, Wrong)
except AssertionError as error:
    print(error)
