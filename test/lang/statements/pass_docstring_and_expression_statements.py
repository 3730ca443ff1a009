"""Module doc."""
print(__doc__)


def f():
    "function doc"
    ...
    1 + 1
    "not a doc"


class C:
    """class doc"""


def g():
    f"not a doc"


print(f.__doc__, C.__doc__, g.__doc__, f())
f.__doc__ = "changed"
print(f.__doc__)
