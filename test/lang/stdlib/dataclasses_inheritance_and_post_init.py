from dataclasses import dataclass, field, InitVar, KW_ONLY
from typing import ClassVar


@dataclass
class Base:
    a: int
    scale: InitVar[int] = 2
    total: int = field(init=False)
    count: ClassVar[int] = 0

    def __post_init__(self, scale):
        self.total = self.a * scale
        Base.count += 1


@dataclass
class Derived(Base):
    b: str = "x"
    _: KW_ONLY
    c: float = 1.5

    def __repr__(self):
        return "custom " + self.b


print(Base(2), Base(2, 5).total, Derived(1, b="q", c=2.0), Derived(1).c, Base.count, Derived.__match_args__)
try:
    Derived(1, 2, "b", 3.0)
except TypeError as error:
    print(error)


@dataclass(slots=True, eq=False)
class S:
    x: int = 3


s = S()
print(s, s == S(), hasattr(s, "__dict__"))
match Base(4):
    case Base(a):
        print("matched", a)
