print(-True, +False, ~True, -0, -0.0, +1.5)
print(-(1 + 2j), +(3j))
for op in (lambda v: -v, lambda v: +v, lambda v: ~v):
    for value in ("s", [], None, 1.5):
        try:
            print(op(value))
        except TypeError as error:
            print(error)
