# A list that vanishes (escape analysis), written at a place counted from its end after its size was asked for: the compiler crashed.
def unbound():
    items = [5, -1]
    if items:
        items[-1] += missing


def bound(n):
    items = [5, -1]
    if items:
        items[-1] += n
        items[-2] -= n
    return items[0] * 100 + items[1]


try:
    unbound()
except NameError as error:
    print(error)
print([bound(n) for n in range(5)])
