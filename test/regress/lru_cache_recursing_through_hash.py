# A cached __hash__ asks for the hash of its own receiver without end: RecursionError, not a crash of the native stack.
from functools import cache


class Loop:
    @cache
    def __hash__(self):
        return 3


try:
    hash(Loop())
except RecursionError:
    print("RecursionError")
