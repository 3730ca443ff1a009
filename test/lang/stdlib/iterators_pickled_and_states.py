# States of iterators, keywords of zip's subclasses, hashes of cached arguments, emptied heaps.
import functools
import heapq
import itertools
import operator
import pickle


class Zip(zip):
    pass


for keywords in ({"newarg": 1}, {"strict": True}):
    try:
        print(list(Zip("ab", "cd", **keywords)))
    except TypeError as error:
        print(error)
sums = itertools.accumulate([None, None, None], operator.is_)
print(next(sums), list(pickle.loads(pickle.dumps(sums))))
for key, group in pickle.loads(pickle.dumps(itertools.groupby([1, 1, 2]))):
    print(key, list(pickle.loads(pickle.dumps(group))))
try:
    itertools.cycle("ab").__setstate__((["a"], "x"))
except TypeError as error:
    print("cycle:", type(error).__name__)
print(pickle.loads(pickle.dumps(bytearray.maketrans, 2))(b"a", b"b")[97], bytearray.maketrans.__qualname__)


class Counted(int):
    hashed = 0

    def __hash__(self):
        Counted.hashed += 1
        return 1


@functools.lru_cache(maxsize=1)
def twice(x, y):
    return x * 2 + y


twice(Counted(5), 1)
twice(6, 2)
print(Counted.hashed)
part = functools.partial(max)
part.attr = []
part.__setstate__((min, (1,), {}, None))
print(part.__dict__, part(3))


class Emptying(int):
    def __lt__(self, other):
        heap.clear()
        return NotImplemented


heap = [Emptying(0)]
try:
    heapq.heappushpop(heap, 1)
except IndexError as error:
    print(error)
