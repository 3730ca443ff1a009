# What the library finds out from its caller's frame: module and place.
import collections
import doctest
import enum
import logging
import typing


class Keep(logging.Handler):
    def emit(self, record):
        print(record.funcName, record.lineno, record.getMessage())


logger = logging.getLogger("here")
logger.addHandler(Keep())
logger.propagate = False


def log_it(n):
    logger.warning("n is %d", n)


def make(n):
    log_it(n)
    return collections.namedtuple("P", "x y"), enum.Enum("Color", "RED GREEN"), typing.TypeVar("T"), typing.NewType("N", int)


def examples():
    """
    >>> make(1)[0].__name__
    here 1
    """
    return doctest.DocTestSuite().countTestCases()


for n in range(3):
    print([made.__module__ for made in make(n)], examples())
