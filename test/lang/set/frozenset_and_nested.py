f = frozenset([1, 2])
s = {f, frozenset([3])}
print(frozenset([2, 1]) in s, {1, 2} in s, f | {3} == frozenset([1, 2, 3]), type(f | {3}).__name__, type({3} | f).__name__, hash(f) == hash(frozenset([2, 1])), frozenset(f) is f, f == {1, 2})
print({f: "k"}[frozenset((2, 1))], len(frozenset("aab")), sorted(frozenset("hello")), frozenset(), repr(frozenset([5])), f.copy() is f)
s.discard({3})
print(len(s))
try:
    f.add(5)
except AttributeError as error:
    print(error)
try:
    {{1}}
except TypeError as error:
    print(error)
print(set() == frozenset(), bool(set()), bool({0}), {1, 1.0, True}, {0, False}, len({(), frozenset(), ""}))
