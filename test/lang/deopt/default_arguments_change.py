def f(a, b=10, *, c=100):
    return a + b + c


def run(n):
    t = 0
    for i in range(n):
        t += f(i)
        if i == 50:
            f.__defaults__ = (0,)
        if i == 60:
            f.__kwdefaults__ = {"c": 0.5}
        if i == 70:
            f.__kwdefaults__ = None
    return t


print(run(40))
for _ in range(30):
    run(40)
try:
    run(80)
except TypeError as error:
    print(error)
f.__kwdefaults__ = {"c": 1}
f.__defaults__ = None
try:
    run(1)
except TypeError as error:
    print(error)
