import enum


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


class Perm(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    X = enum.auto()
    RW = R | W


print(Level.LOW < Level.HIGH, Level.LOW + 5, sorted(Level, reverse=True), max(Level), Level(10), [10, 20][Level.LOW], f"{Level.HIGH}", "%d" % Level.HIGH, Level.LOW == 1, hash(Level.LOW) == hash(1), isinstance(Level.LOW, int))
print(Perm.R | Perm.X, Perm.RW & Perm.W, Perm.R in Perm.RW, ~Perm.R, bool(Perm.R & Perm.W), Perm(0), list(Perm.RW), Perm.RW ^ Perm.R, Perm(7), (Perm.R | Perm.W) is Perm.RW, Perm.X.value, len(Perm.RW))


class S(enum.StrEnum):
    A = enum.auto()
    B = "bee"


print(S.A, S.B, S.A + "x", S("bee") is S.B, S.A == "a", f"{S.B:>5}")


class Planet(enum.Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.38)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius


print(Planet.MARS.mass, Planet((5.97, 6.37)), Planet.EARTH.radius)
