from collections import deque

d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
d.appendleft(0)
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), d.maxlen, 3 in d, list(reversed(d)), d.index(3), d.count(2))
d.extend([7, 8, 9])
d.rotate(1)
print(d)
d.rotate(-2)
d.extendleft("ab")
print(d, d == deque(d), d + deque([1]), d * 2, d.copy())
e = deque(range(6))
e.insert(2, "x")
e.remove(4)
e[0] = "first"
del e[1]
e.reverse()
print(e, deque("ab") < deque("b"), bool(deque()), deque([1], 0))
for bad in (lambda: deque().pop(), lambda: deque().popleft(), lambda: e[99], lambda: e.remove("zz"), lambda: deque(maxlen=-1), lambda: hash(e), lambda: e[0:1], lambda: deque([1], 1).insert(0, 2)):
    try:
        bad()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
try:
    for x in e:
        e.append(x)
except RuntimeError as error:
    print(error)
