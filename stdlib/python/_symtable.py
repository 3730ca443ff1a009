"""Scopes as the compiler's front end sees them (_krait_source), in the shape that the module symtable knows."""

from os import fsdecode
from warnings import warn

from _krait_source import scopes

TYPE_FUNCTION, TYPE_CLASS, TYPE_MODULE = 0, 1, 2
DEF_GLOBAL, DEF_LOCAL, DEF_PARAM, DEF_NONLOCAL, USE, DEF_FREE, DEF_FREE_CLASS, DEF_IMPORT, DEF_ANNOT = (1 << i for i in range(9))
DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT
SCOPE_OFF, SCOPE_MASK = 11, 15
LOCAL, GLOBAL_EXPLICIT, GLOBAL_IMPLICIT, FREE, CELL = range(1, 6)


class Entry:
    def __init__(self, tree):
        self.id, self.type, self.name, self.lineno, nested, self.symbols, self.varnames, children = tree
        self.nested = int(nested)
        self.children = [Entry(child) for child in children]

    def __repr__(self):
        return f"<symtable entry {self.name}({self.id}), line {self.lineno}>"


Entry.__name__ = Entry.__qualname__ = "symtable entry"


def symtable(source, filename, startstr, /):
    if not isinstance(source, (str, bytes)):
        raise TypeError("symtable() arg 1 must be a string or bytes object")
    if startstr not in ("exec", "eval", "single"):
        raise ValueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
    if isinstance(filename, (bytearray, memoryview)):
        warn(f"path should be string, bytes, or os.PathLike, not {type(filename).__name__}", DeprecationWarning, 2)
        filename = bytes(filename)
    filename = fsdecode(filename)
    return Entry(scopes(source, filename, ("exec", "eval", "single").index(startstr)))
