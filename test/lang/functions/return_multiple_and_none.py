def nothing():
    return


def implicit():
    pass


def pair():
    return 1, 2


def star():
    return *range(3), 9


print(nothing(), implicit(), pair(), star())
print(type(pair()).__name__)
a, b = pair()
print(a, b)
