it = iter([1])
print(next(it, "d"), next(it, "d"))
try:
    next(it)
except StopIteration as stop:
    print(repr(stop), stop.value)
values = iter([3, 2, 0, 9])
print(list(iter(lambda: next(values), 0)), list(values))
try:
    iter(5, 0)
except TypeError as error:
    print(error)
counter = iter(int, 1)
print(next(counter), next(counter))
class Exhausted:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
print(list(Exhausted()), next(Exhausted(), None), [*Exhausted()], sum(Exhausted()))
