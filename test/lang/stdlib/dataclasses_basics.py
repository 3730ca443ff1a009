from dataclasses import dataclass, field, asdict, astuple, replace, fields, FrozenInstanceError


@dataclass(order=True)
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)
    hidden: str = field(default="h", repr=False)


a, b = P(1), P(1, 2, ["t"])
print(a, b, a == P(1), a < b, sorted([b, a]), asdict(b), astuple(b), replace(a, x=9), [f.name for f in fields(P)])
a.tags.append(1)
print(P(1).tags, a.tags)


@dataclass(frozen=True)
class F:
    a: int
    b: str = "b"


f = F(1)
print(hash(f) == hash(F(1)), {f: 1}[F(1)], f)
try:
    f.a = 2
except FrozenInstanceError as error:
    print(error)
for source in ("@dataclass\nclass X:\n a: int = 1\n b: int", "@dataclass\nclass Y:\n a: list = []", "P()", "P(1, z=2)", "hash(P(1))"):
    try:
        exec(source)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
