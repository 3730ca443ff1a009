# tuple[*Ts][...] and other aliases: substitution, and how arguments that are aliases themselves are shown.
import types
from dataclasses import dataclass
from typing import Annotated, Callable, Concatenate, Generic, List, ParamSpec, Tuple, TypeVar, TypeVarTuple, Union, Unpack

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")
print(tuple[Unpack[Ts]][int], tuple[Unpack[Ts]][()], tuple[T, Unpack[Ts]][int, str, bool])
print(tuple[Unpack[Ts]][str, Unpack[Tuple[int, ...]], bool])
print(Annotated[tuple[Unpack[Ts]], "x"][int])
print(list[List[int]], list[Union[int, str]], tuple[Concatenate[int, P]], list[Callable[[int], str]], list[T])
print(list[tuple[Unpack[Ts]]][int, str])


@dataclass
class Slotted:
    __slots__ = ("x",)
    x: int


print(isinstance(Slotted.x, types.MemberDescriptorType), Slotted(3))
try:
    Slotted()
except TypeError as error:
    print(error)
