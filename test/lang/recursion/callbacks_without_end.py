# Functions that come back to themselves through the library: RecursionError, in threads too.
import abc
import collections
import functools
import io
import itertools
import json
import pickle
import re

from _ways import try_all


class Key:
    def __hash__(self): return 1
    def __eq__(self, other): return {self: 1} == {other: 1}


def key(x):
    return sorted([1, 2], key=key)


def generator(n):
    yield from generator(n + 1)


def looped(n):
    for x in looped(n + 1):
        yield x


@functools.lru_cache(None)
def cached(n): return cached(n + 1)


@functools.singledispatch
def single(n): return single(n)


def plain(n): return plain(n + 1)
def keyword(*, n): return keyword(n=n + 1)
def starred(*rest, **named): return starred(*rest, **named)
def partial(): return functools.partial(partial)()
def reduced(*rest): return functools.reduce(reduced, [1, 2, 3])
def mapped(x): return list(map(mapped, [x]))
def filtered(x): return list(filter(filtered, [x]))
def replaced(match): return re.sub("a", replaced, "a")
def evaluated(): return eval("evaluated()")
def executed(): exec("executed()")
def maximum(x): return max([1, 2], key=maximum)
def comprehended(x): return [comprehended(y) for y in [x]]
def mutual_a(x): return mutual_b(x)
def mutual_b(x): return mutual_a(x)
def excepted():
    try:
        raise ValueError
    except ValueError:
        excepted()
def finals():
    try:
        return finals()
    finally:
        len("a")
def matched(x):
    match x:
        case [y]: return matched([y])
def lambdas(): return (lambda: lambdas())()
def closures():
    def inner(): return closures()
    return inner()
def typed(): return type("T", (), {})().__class__ and typed()
def classed():
    class Inner:
        x = classed()
def decorated(f): return decorated(f)
def accumulated(a, b): return list(itertools.accumulate([1, 2], accumulated))
def grouped(x): return list(itertools.groupby([x], grouped))
def starmapped(x): return list(itertools.starmap(starmapped, [(x,)]))
def defaults(): return collections.defaultdict(defaults)[1]
def opened(x): return opened(x) + 1.5
def compared(a, b): return sorted([1, 2], key=functools.cmp_to_key(compared))
def jsoned(x): return json.dumps(object(), default=jsoned)
def hooked(x): return json.loads("{}", object_hook=hooked)


async def awaited(): await awaited()


class Missing(dict):
    def __missing__(self, key): return self[key]


class Persistent(pickle.Pickler):
    def persistent_id(self, x): return Persistent(io.BytesIO()).dump(x)


class Abc(abc.ABC):
    @classmethod
    def __subclasshook__(cls, sub): return issubclass(sub, cls)


WAYS = {
    "dict of equal": lambda: {Key(): 1} == {Key(): 1},
    "sort key": lambda: key(1), "yield from": lambda: list(generator(0)), "generators": lambda: list(looped(0)), "lru_cache": lambda: cached(0), "singledispatch": lambda: single(0),
    "function": lambda: plain(0), "keywords": lambda: keyword(n=0), "stars": lambda: starred(1, 2, a=3), "partial": partial, "reduce": lambda: reduced(), "map": lambda: mapped(1),
    "filter": lambda: filtered(1), "re.sub": lambda: replaced(None), "eval": evaluated, "exec": executed, "max": lambda: maximum(1), "comprehension": lambda: comprehended(1),
    "mutual": lambda: mutual_a(1), "except": excepted, "finally": finals, "match": lambda: matched([1]), "lambda": lambdas, "closure": closures, "type": typed, "class body": classed,
    "accumulate": lambda: accumulated(1, 2), "groupby": lambda: grouped(1), "starmap": lambda: starmapped(1), "defaultdict": defaults, "float result": lambda: opened(1),
    "cmp_to_key": lambda: compared(1, 2), "json default": lambda: jsoned(1), "json hook": lambda: hooked(1), "await": lambda: awaited().send(None), "__missing__": lambda: Missing()[1],
    "persistent_id": lambda: Persistent(io.BytesIO()).dump(1), "subclasshook": lambda: issubclass(int, Abc),
}


try_all(WAYS)
