import _circular_b as b


def result():
    return "a and " + b.name


name = "a"
