class C:
    items = [1, 2, 3]
    doubled = [x * 2 for x in items]
    pairs = [(x, y) for x in items for y in range(2)]


print(C.doubled, C.pairs)


def boom():
    print("evaluated at creation")
    return iter([1])


g = (x for x in boom())
print("made")
print(list(g))
try:
    (y for x in [1] for y in 5)
    print("inner not evaluated yet")
    list(y for x in [1] for y in 5)
except TypeError as error:
    print(error)
