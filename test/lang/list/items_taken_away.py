"""Comparing lists whose items clear them; an iterator over a sequence at the largest index."""
import sys


class Clears:
    def __init__(self, other):
        self.other = other

    def __eq__(self, other):
        self.other.clear()
        return NotImplemented


first, second = [], []
first.append(Clears(second))
second.append(Clears(first))
print(first == second)
third = []
third.append(Clears(third))
print(third == [1])


class Endless:
    def __getitem__(self, i):
        return i


iterator = iter(Endless())
iterator.__setstate__(sys.maxsize - 1)
print(next(iterator))
for _ in range(2):
    try:
        next(iterator)
    except OverflowError as error:
        print(error)
