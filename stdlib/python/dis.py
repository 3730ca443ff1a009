"""Disassembler of Krait's bytecode, with the interface of CPython's module of this name.

The `arg` of an Instruction is a tuple of its operands (there can be several), `argval` the constant, the name or the offset of a jump's target
if it has one of these, `argrepr` the operands as text: what is written, an equals sign, what is read. Registers have the names of
variables, or t0, t1 and so on.
"""

import collections
import io
import sys
import types

import opcode as _opcodes
from opcode import *
from opcode import __all__ as _opcodes_all

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code", "get_instructions",
           "Instruction", "Bytecode"] + _opcodes_all
del _opcodes_all

_ABSENT = 0xFFFF
_BRANCHES = ("Jump", "LoopBack")

COMPILER_FLAG_NAMES = {
    0x1: "OPTIMIZED",
    0x2: "NEWLOCALS",
    0x4: "VARARGS",
    0x8: "VARKEYWORDS",
    0x10: "NESTED",
    0x20: "GENERATOR",
    0x40: "NOFREE",
    0x80: "COROUTINE",
    0x100: "ITERABLE_COROUTINE",
    0x200: "ASYNC_GENERATOR",
}


def pretty_flags(flags):
    """The flags of a code object by name."""
    known = [name for bit, name in COMPILER_FLAG_NAMES.items() if flags & bit]
    rest = flags & ~sum(COMPILER_FLAG_NAMES)
    if rest or not known:
        known.append(hex(rest))
    return ", ".join(known)


def _code_of(x):
    """The code object of a function, method, generator, source text and so on."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if isinstance(x, str):
        x = _compiled(x, "<disassembly>")
    if hasattr(x, "co_code"):
        return x
    raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def _compiled(source, name):
    """As an expression if it is one, else as statements."""
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def code_info(x):
    """Formatted details of methods, functions, or code."""
    code = _code_of(x)
    lines = [
        "%-18s %s" % (title + ":", value)
        for title, value in [
            ("Name", code.co_name),
            ("Filename", code.co_filename),
            ("Argument count", code.co_argcount),
            ("Positional-only arguments", code.co_posonlyargcount),
            ("Kw-only arguments", code.co_kwonlyargcount),
            ("Number of locals", code.co_nlocals),
            ("Stack size", code.co_stacksize),
            ("Flags", pretty_flags(code.co_flags)),
        ]
    ]
    for title, values, form in [
        ("Constants", code.co_consts, "%4d: %r"),
        ("Names", code.co_names, "%4d: %s"),
        ("Variable names", code.co_varnames, "%4d: %s"),
        ("Free variables", code.co_freevars, "%4d: %s"),
        ("Cell variables", code.co_cellvars, "%4d: %s"),
    ]:
        if values:
            lines.append(title + ":")
            lines.extend(form % pair for pair in enumerate(values))
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Print details of methods, functions, or code to *file* (the standard output unless told)."""
    print(code_info(co), file=file)


Positions = collections.namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=[None] * 4)

_Instruction = collections.namedtuple(
    "_Instruction", "opname opcode arg argval argrepr offset starts_line is_jump_target positions", defaults=[None]
)


class Instruction(_Instruction):
    """Details of one instruction.

    opname - its name
    opcode - its number
    arg - tuple of its operands, or None
    argval - the constant, name or target it has, otherwise the same as arg
    argrepr - the operands as text
    offset - where it begins, in bytes
    starts_line - the line that begins with it (if any), otherwise None
    is_jump_target - whether other code jumps here
    positions - the dis.Positions of the source it stands for
    """

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        fields = []
        if lineno_width:
            fields.append("" if self.starts_line is None else str(self.starts_line))
            fields[0] = fields[0].rjust(lineno_width)
        fields.append("-->" if mark_as_current else "   ")
        fields.append(">>" if self.is_jump_target else "  ")
        fields.append(str(self.offset).rjust(offset_width))
        fields.append(self.opname.ljust(18))
        fields.append(self.argrepr)
        return " ".join(fields).rstrip()


def _decode(units):
    """(offset in bytes, opcode, operands) of each instruction; a jump's operand is its target in bytes."""
    at = 0
    while at < len(units):
        op = units[at]
        size = _opcodes.length(op)
        values = []
        i = at + 1
        for letter in _opcodes.operands[op]:
            value = units[i]
            i += 1
            if letter in "knsj":
                value |= units[i] << 16
                i += 1
            if letter == "j":
                value = 2 * (at + size + (value - (1 << 32) if value >> 31 else value))
            values.append(value)
        yield 2 * at, op, tuple(values)
        at += size


def _units(code):
    """The 16-bit units of bytecode."""
    return memoryview(bytes(code)).cast("H").tolist()


def _register_names(co):
    """The names of the registers that are variables."""
    return list(co.co_varnames) + [name for name in co.co_cellvars if name not in co.co_varnames] + list(co.co_freevars)


class _Operands:
    """Makes text of operands."""

    def __init__(self, registers=(), names=None, constants=None):
        self.registers, self.names, self.constants = registers, names, constants

    def register(self, number):
        if number == _ABSENT:
            return "-"
        if number < len(self.registers):
            return self.registers[number]
        return "t%d" % (number - len(self.registers))

    def describe(self, op, values):
        """argval and argrepr."""
        argval = values or None
        written, read = [], []
        for letter, value in zip(_opcodes.operands[op], values):
            if letter in "wx":
                written.append(self.register(value))
            if letter in "rxo":
                read.append(self.register(value))
            elif letter == "b":
                read.append(self.register(value) + "..")
            elif letter == "i":
                read.append("#%d" % value)
            elif letter == "k":
                argval = self.constants[value] if self.constants is not None else value
                read.append(repr(argval) if self.constants is not None else "consts[%d]" % value)
            elif letter == "n":
                argval = self.names[value] if self.names is not None else value
                read.append(argval if self.names is not None else "names[%d]" % value)
            elif letter == "j":
                argval = value
                read.append("to %d" % value)
        text = ", ".join(read)
        return argval, "%s = %s" % (", ".join(written), text) if written and text else ", ".join(written) or text


def _handlers(co):
    """(start, end, handler, register) of each range of the exception table; offsets in bytes."""
    words = memoryview(co.co_exceptiontable).cast("I").tolist()
    return [(2 * words[i], 2 * words[i + 1], 2 * words[i + 2], words[i + 3]) for i in range(0, len(words), 4)]


def _instructions(code, operands, starts=None, shift=0, handlers=(), positions=None):
    units = _units(code)
    decoded = list(_decode(units))
    targets = set(_targets(decoded)).union(handler for start, end, handler, register in handlers)
    positions = list(positions or ())
    for offset, op, values in decoded:
        line = starts.get(offset) if starts is not None else None
        argval, argrepr = operands.describe(op, values)
        place = Positions(*positions[offset // 2]) if offset // 2 < len(positions) else Positions()
        yield Instruction(opname[op], op, values or None, argval, argrepr, offset, None if line is None else line + shift,
                          offset in targets, place)


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Iterator over the Instructions of methods, functions or code; lines are counted from *first_line* if it is given."""
    co = _code_of(x)
    shift = first_line - co.co_firstlineno if first_line is not None else 0
    operands = _Operands(_register_names(co), co.co_names, co.co_consts)
    return _instructions(co.co_code, operands, dict(findlinestarts(co)), shift, _handlers(co), co.co_positions())


def _print(instructions, lasti, file, starts, size):
    last = max(starts.values(), default=0)
    width = max(3, len(str(last))) if starts else 0
    for instruction in instructions:
        if starts and instruction.starts_line is not None and instruction.offset > 0:
            print(file=file)
        print(instruction._disassemble(width, instruction.offset == lasti, max(4, len(str(size - 2)))), file=file)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Disassemble a code object."""
    starts = dict(findlinestarts(co))
    _print(get_instructions(co), lasti, file, starts, len(co.co_code))
    handlers = _handlers(co)
    if handlers:
        name = _Operands(_register_names(co)).register
        print("ExceptionTable:", file=file)
        for start, end, handler, register in handlers:
            print("  %d to %d -> %d [%s]" % (start, end - 2, handler, name(register)), file=file)


def _disassemble_recursive(co, file, depth):
    disassemble(co, file=file)
    if depth is None or depth > 0:
        for constant in co.co_consts:
            if hasattr(constant, "co_code"):
                print("\nDisassembly of %r:" % (constant,), file=file)
                _disassemble_recursive(constant, file, None if depth is None else depth - 1)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Disassemble classes, methods, functions, generators, code, source text or bytecode; the last traceback without argument."""
    if x is None:
        return distb(file=file)
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if hasattr(x, "__dict__") and not hasattr(x, "co_code"):
        kinds = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, kinds):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(member, file=file, depth=depth)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
    elif hasattr(x, "co_code"):
        _disassemble_recursive(x, file, depth)
    elif isinstance(x, (bytes, bytearray)):
        _print(_instructions(x, _Operands()), -1, file, {}, len(x))
    elif isinstance(x, str):
        _disassemble_recursive(_compiled(x, "<dis>"), file, depth)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


disco = disassemble


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Disassemble a traceback (default: last traceback)."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def _targets(decoded):
    return [value for offset, op, values in decoded for letter, value in zip(_opcodes.operands[op], values) if letter == "j"]


def findlabels(code):
    """The offsets in *code* (bytes) that jumps lead to, each once, in the order of the jumps."""
    return list(dict.fromkeys(_targets(_decode(_units(code)))))


def findlinestarts(code):
    """Generate (offset, line) of the places where lines begin."""
    last = None
    for start, end, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def _find_imports(co):
    """Generate (name, level, names) of each import statement; for modulefinder."""
    constants = {}
    for instruction in get_instructions(co):
        if instruction.opname == "LoadConst":
            constants[instruction.arg[0]] = instruction.argval
        elif instruction.opname == "ImportName":
            written, name, level, names = instruction.arg
            yield instruction.argval, constants.get(level, 0), constants.get(names)


def _find_store_names(co):
    """Generate the names that a module or class body stores; for modulefinder."""
    for instruction in get_instructions(co):
        if instruction.opname in ("StoreName", "StoreGlobal"):
            yield instruction.argval


class Bytecode:
    """The bytecode of methods, functions, generators or source text; iterating gives Instructions."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset = current_offset
        self.show_caches = show_caches
        self.adaptive = adaptive
        self._original_object = x

    def __iter__(self):
        return get_instructions(self.codeobj, first_line=self.first_line)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code in which an exception was raised, the instruction marked."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """Details of the code object."""
        return code_info(self.codeobj)

    def dis(self):
        """The view that the function dis() prints."""
        with io.StringIO() as output:
            lasti = -1 if self.current_offset is None else self.current_offset
            disassemble(self.codeobj, lasti, file=output)
            return output.getvalue()


def main():
    """`python -m dis [FILE]`"""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    options = parser.parse_args()
    with options.infile as infile:
        source = infile.read()
    dis(compile(source, options.infile.name, "exec"))


if __name__ == "__main__":
    main()
