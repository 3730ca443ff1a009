"""The instructions of Krait's register machine, under the names that CPython's module of this name has.

An instruction is a row of 16-bit units: the opcode, then its operands. What each operand is says a letter (see `operands`), as in the
table that the interpreter is made from; `doc` says what the instruction does.
"""

from _opcode import instructions as _instructions, stack_effect

__all__ = ["cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "opname", "opmap",
           "HAVE_ARGUMENT", "EXTENDED_ARG", "hasnargs", "stack_effect"]

cmp_op = ("<", "<=", "==", "!=", ">", ">=")

_table = _instructions()
opname = [name for name, operands, doc in _table]
opmap = {name: number for number, name in enumerate(opname)}
# By opcode: a letter for each operand (w written, r read, x both, o read or absent, b first of several registers, i immediate, k constant,
# n name, s site, j jump), and what the instruction does.
operands = [row[1] for row in _table]
doc = [row[2] for row in _table]


def _with(letters):
    return [number for number, row in enumerate(operands) if any(letter in row for letter in letters)]


hasconst = _with("k")
hasname = _with("n")
hasjrel = _with("j")
hasjabs = []
haslocal = _with("wrxob")
hasfree = [opmap[name] for name in ("LoadFree", "LoadCell", "StoreCell", "DeleteCell", "LoadClassCell")]
hascompare = [opmap[name] for name in ("Lt", "Le", "Eq", "Ne", "Gt", "Ge")]
hasnargs = []
# There is no order of the opcodes by whether they have operands, and no instruction that lengthens another's.
HAVE_ARGUMENT = 0
EXTENDED_ARG = -1


def length(opcode):
    """Units that an instruction with [opcode] takes."""
    return 1 + sum(2 if letter in "knsj" else 1 for letter in operands[opcode])
