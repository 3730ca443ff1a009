def g():
    x = [(yield 1), (yield 2)]
    y = {(yield 3): (yield 4)}
    z = f"{(yield 5)}-{(yield 6)}"
    if (yield 7) and (yield 8):
        w = lambda: (yield 9)
    return x, y, z, (yield), list(w())


it = g()
value = None
try:
    while True:
        got = it.send(value)
        print(got, end=" ")
        value = "v%s" % got
except StopIteration as stop:
    print()
    print(stop.value)
