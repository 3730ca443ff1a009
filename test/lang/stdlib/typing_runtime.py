from typing import Any, Callable, Generic, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, cast, get_type_hints, runtime_checkable, overload, Literal, NewType

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, v: T):
        self.v = v


class Emp(NamedTuple):
    name: str
    age: int = 5


class TD(TypedDict, total=False):
    a: int


@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...


print(Box[int](5).v, Box[int], Optional[int], Union[int, str, int], Callable[[int], str], list[T], Literal["a", 1], Any, T, Emp("x"), Emp("x")._asdict(), TD(a=1), isinstance([], HasLen), isinstance(5, HasLen), cast(int, "s"), NewType("UserId", int)(7))


def f(a: int, b: "str" = "x") -> Optional[float]:
    ...


print(get_type_hints(f), f.__annotations__, Box.__parameters__, Union[int, None] == Optional[int], Emp.__annotations__)
for bad in (lambda: isinstance(1, list[int]), lambda: Box[int, str], lambda: Union(), lambda: Any(), lambda: Generic(), lambda: isinstance([], Optional[list]) and 1 / 0):
    try:
        bad()
    except (TypeError, ZeroDivisionError) as error:
        print(type(error).__name__, error)
