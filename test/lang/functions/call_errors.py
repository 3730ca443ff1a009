def f(a, b, c=1, *, d, e=2):
    pass


def g(a, b, /):
    pass


def h():
    pass


def k(a=1, b=2):
    pass


calls = [lambda: f(), lambda: f(1), lambda: f(1, 2), lambda: f(1, 2, 3, 4, d=1), lambda: f(1, 2, d=1, z=1), lambda: f(1, 2, a=1, d=1),
         lambda: g(1), lambda: g(a=1, b=2), lambda: g(1, 2, 3), lambda: h(1), lambda: h(1, x=2), lambda: k(1, 2, 3), lambda: k(1, 2, 3, c=1),
         lambda: f(*5), lambda: f(**5), lambda: f(**{1: 2}), lambda: f(1, **{"a": 1}), lambda: (lambda x: x)(), lambda: f(1, 2, 3, d=1, **{"d": 2}),
         lambda: f(d=1)]
for call in calls:
    try:
        call()
    except TypeError as error:
        print(error)
