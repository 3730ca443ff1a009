# What is seen of callers' variables from a callee: all of them, also those that are not used any more.
import sys
import inspect


def look(depth):
    frame = sys._getframe(depth)
    return frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, dict(sorted(frame.f_locals.items()))


def dead(n):
    used_before = n * 2
    s = 0
    for i in range(n):
        s += i + used_before
    last = look(1)
    return last


def nested(a):
    unused = "u%d" % a
    seen = [look(k) for k in (2, 3)]
    return seen


def between(a):
    b = a + 1
    c = [b] * 2
    d = nested(b)
    return d


def handler(a):
    try:
        a / 0
    except ZeroDivisionError as e:
        name = type(e).__name__
        inside = look(1)
        inside[2].pop("e")
    after = look(1)
    after[2].pop("inside", None)
    return inside, after


def closure(a):
    b = a + 1
    def inner():
        c = b * 2
        return look(1), look(2)[2].keys() - {"inner"}
    return inner()


def gen(n):
    k = n + 1
    for i in range(n):
        gone = i * 2
        j = i
        yield k
    yield look(1)


for _ in range(200):
    dead(3), between(1), handler(1), closure(1), list(gen(2))
print(dead(3))
print(between(1))
print(handler(1))
print(closure(1))
print(list(gen(2))[-1])
g = gen(3)
next(g), next(g)
print(sorted(g.gi_frame.f_locals.items()), g.gi_frame.f_lineno - gen.__code__.co_firstlineno)
