n = 0


def tick(v=None):
    global n
    n += 1
    return n if v is None else v


print(f"{tick()} {tick():>{tick()}} {tick()!r:{tick(4)}} {tick()}")
print(f"{n}")
try:
    f"{tick()} {1/0} {tick()}"
except ZeroDivisionError:
    print(n)
x = 1
print(f"{x} {(x := x + 1)} {x}")
