print([1, "a", None, 2.0], (1,), (), {}, set(), frozenset(), {1: {2: [3]}}, {"a"}, frozenset([1]))
l = [1]
l.append(l)
d = {}
d["self"] = d
print(l, d)
t = ([],)
t[0].append(t)
print(t)
print(["it's", 'say "x"', "both '\"", "\n\t\\\x00\x7f\u200b\xe9"], [b"it's\xff"], bytearray(b"x"))
print(range(3), range(1, 10, 2), slice(1, None, 2), [...], [NotImplemented], [int, len, print])
print({}.keys(), {1: 2}.values(), {1: 2}.items(), type, object, [type(None)])
from collections import deque

q = deque([1, 2], maxlen=3)
q.append(q)
print(q)
