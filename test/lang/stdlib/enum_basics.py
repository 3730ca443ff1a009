import enum


class Color(enum.Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1

    @property
    def nice(self):
        return self.name.title()

    @classmethod
    def default(cls):
        return cls.RED


print(Color.RED, repr(Color.GREEN), Color(1), Color["GREEN"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.nice, Color.default(), Color.RED == 1, Color.RED in Color, {Color.RED: 1}[Color(1)], list(Color.__members__), Color.RED.value, isinstance(Color.RED, Color))
for bad in (lambda: Color(9), lambda: Color["BLUE"], lambda: setattr(Color, "RED", 5), lambda: Color.RED < Color.GREEN, lambda: Color.BLUE, lambda: type("Sub", (Color,), {})):
    try:
        bad()
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        print(type(error).__name__, error)
Auto = enum.Enum("Auto", "A B C")
print(list(Auto), Auto.B.value)


@enum.unique
class U(enum.Enum):
    X = enum.auto()
    Y = enum.auto()


print([u.value for u in U])
try:
    enum.unique(Color)
except ValueError as error:
    print(error)
