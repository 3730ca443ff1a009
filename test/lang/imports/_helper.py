"""A helper for tests of import."""
value = 5


def double(n):
    return n * 2


def get():
    return value
