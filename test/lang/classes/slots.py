class S:
    __slots__ = ("a", "b")


s = S()
s.a = 1
try:
    s.c = 2
except AttributeError as error:
    print(error)
try:
    s.b
except AttributeError as error:
    print(error)
print(hasattr(s, "__dict__"), s.a, S.a.__name__, type(S.a).__name__)


class T(S):
    __slots__ = "c"


class U(S):
    pass


t, u = T(), U()
t.c = t.a = 3
u.anything = 1
print(t.c, t.a, vars(u))
del t.a
print(hasattr(t, "a"))
for bad in ('class X:\n __slots__ = ("v",)\n v = 1', 'class Y(int):\n __slots__ = ("q",)\nclass Z(Y, S): pass', 'class W:\n __slots__ = ("1x",)'):
    try:
        exec(bad)
        print("ok")
    except (ValueError, TypeError) as error:
        print(error)
