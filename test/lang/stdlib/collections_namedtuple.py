from collections import namedtuple

P = namedtuple("P", "x y", defaults=[0])
p = P(1)
print(p, p.x, p[1], p._replace(y=5), p._asdict(), P._fields, P._make([7, 8]), p == (1, 0), hash(p) == hash((1, 0)), [*p], p + (2,), P._field_defaults, isinstance(p, tuple))
x, y = p
print(x, y, max(P(1, 2), P(1, 3)), P(y=1, x=2), "%s-%s" % p)


class Sub(P):
    __slots__ = ()

    @property
    def norm(self):
        return self.x + self.y

    def __str__(self):
        return "Sub<%d>" % self.norm


s = Sub(3, 4)
print(s.norm, s, repr(s), s._replace(x=0), type(s._replace(x=0)).__name__)
for bad in (lambda: P(), lambda: P(1, 2, 3), lambda: setattr(p, "x", 1), lambda: p.z, lambda: namedtuple("B", "a a"), lambda: namedtuple("B", "class"), lambda: namedtuple("B", "_a"), lambda: p._replace(q=1), lambda: P(z=1)):
    try:
        bad()
    except (TypeError, AttributeError, ValueError) as error:
        print(type(error).__name__, error)
print(namedtuple("R", "a class a", rename=True)._fields)
match p:
    case P(x=a, y=b):
        print("matched", a, b)
