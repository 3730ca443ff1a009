#!/usr/bin/python3.11
"""Runs a program's bytecode with CPython's objects: the meaning of the instructions in 400 lines of Python.

usage: simulate.py KRAIT_DIS FILE...

Checks the bytecode compiler without the runtime: FILE is compiled to an image, which is read here and executed, in a
process of its own, with what it prints compared with CPython's. Modules that FILE imports are CPython's own. Not
simulated: asynchronous generators, tracebacks, frames.
"""
import builtins
import collections.abc
import inspect
import operator
import os
import re
import struct
import subprocess
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))
OPS = []  # (name, operand kinds)
with open(os.path.join(HERE, "..", "..", "runtime", "abi", "Opcodes.def"), encoding="utf-8") as f:
    for line in f:
        if m := re.match(r'OPCODE\((\w+),\s*"(\w*)"', line):
            OPS.append(m.groups())
        elif line.startswith(("BINARY(", "  OPCODE(")) or line.startswith("COMPARE_JUMP("):
            for kind, name in re.findall(r"(BINARY|COMPARE_JUMP)\((\w+),", line):
                if kind == "BINARY":
                    OPS.append((name, "wrrs"))
                else:
                    OPS.extend([("JumpIf" + name, "rrjs"), ("JumpIfNot" + name, "rrjs")])
ABSENT = 0xFFFF
UNBOUND = None  # set below; a unique object

# ---- The image ----------------------------------------------------------------------------------------


class Code:
    pass


def read_image(data):
    magic, version, size, opcodes, ncodes, nstrings, codes, strings = struct.unpack_from("<8I", data)
    assert opcodes == len(OPS), (opcodes, len(OPS))
    texts = []
    for i in range(nstrings):
        text, length = struct.unpack_from("<2I", data, strings + 16 * i)
        texts.append(sys.intern(data[text:text + length].decode("utf-8", "surrogatepass")))
    result = [Code() for _ in range(ncodes)]

    def const(at):
        kind, payload = struct.unpack_from("<2I", data, at)
        match kind:
            case 0: return None
            case 1: return True
            case 2: return False
            case 3: return ...
            case 4: return struct.unpack_from("<q", data, payload)[0]
            case 5:
                negative, limbs = struct.unpack_from("<2I", data, payload)
                value = int.from_bytes(data[payload + 8:payload + 8 + 8 * limbs], "little")
                return -value if negative else value
            case 6: return struct.unpack_from("<d", data, payload)[0]
            case 7: return complex(*struct.unpack_from("<2d", data, payload))
            case 8: return texts[payload]
            case 9:
                count = struct.unpack_from("<Q", data, payload)[0]
                return data[payload + 8:payload + 8 + count]
            case 10 | 11:
                count = struct.unpack_from("<I", data, payload)[0]
                items = [const(payload + 8 + 8 * i) for i in range(count)]
                return tuple(items) if kind == 10 else frozenset(items)
            case 12: return result[payload]

    for i, code in enumerate(result):
        fields = struct.unpack_from("<Q30I", data, codes + 128 * i)
        (_, code.argcount, code.posonly, code.kwonly, code.flags, code.line, code.nregs, _, _,
         name, qualname, _, _) = fields[:13]
        code.name, code.qualname = texts[name], texts[qualname]
        arrays = [(fields[k], fields[k + 1]) for k in range(13, 31, 2)]
        at, count = arrays[0]
        code.units = struct.unpack_from(f"<{count}H", data, at)
        at, count = arrays[1]
        code.consts = [const(at + 8 * k) for k in range(count)]
        code.names, code.varnames, code.cellvars, code.freevars = (
            [texts[n] for n in struct.unpack_from(f"<{count}I", data, at)] for at, count in arrays[2:6])
        at, count = arrays[7]
        code.handlers = [struct.unpack_from("<4I", data, at + 16 * k) for k in range(count)]
        code.insts = decode(code.units)
    return result[0]


def decode(units):
    insts, at = {}, 0
    while at < len(units):
        start, (name, kinds) = at, OPS[units[at]]
        at += 1
        ops = []
        for kind in kinds:
            if kind in "knsj":
                value = units[at] | units[at + 1] << 16
                ops.append(value - (1 << 32) if kind == "j" and value >> 31 else value)
                at += 2
            else:
                ops.append(units[at])
                at += 1
        ops = [at + value if kind == "j" else value for value, kind in zip(ops, kinds)]
        insts[start] = name, ops, at
    return insts


# ---- Frames -------------------------------------------------------------------------------------------


class Unbound:
    def __repr__(self):
        return "<unbound>"


UNBOUND = Unbound()
HANDLED = [None]  # the exception being handled
BINARY = {n: getattr(operator, o) for n, o in zip(
    "Add Sub Mul TrueDiv FloorDiv Mod Pow MatMul LShift RShift And Or Xor Lt Le Eq Ne Gt Ge".split(),
    "add sub mul truediv floordiv mod pow matmul lshift rshift and_ or_ xor lt le eq ne gt ge".split())}
for n, o in zip("Add Sub Mul TrueDiv FloorDiv Mod Pow MatMul LShift RShift And Or Xor".split(),
                "iadd isub imul itruediv ifloordiv imod ipow imatmul ilshift irshift iand ior ixor".split()):
    BINARY["Inplace" + n] = getattr(operator, o)
UNARY = {"Neg": operator.neg, "Pos": operator.pos, "Invert": operator.invert, "Not": operator.not_}
CONVERSIONS = [lambda v: v, str, repr, ascii]
SPECIAL = ["__enter__", "__exit__", "__aenter__", "__aexit__"]


class Frame:
    def __init__(self, code, globals, locals, closure=()):
        self.code, self.globals, self.locals, self.closure = code, globals, locals, closure
        self.regs = [UNBOUND] * code.nregs


class Reraised(Exception):
    """Carries an exception that is raised again as it is."""


def call(frame, r, base, count, method, names=()):
    callee = r[base]
    args = r[base + 2:base + 2 + count]
    if method and r[base + 1] is not UNBOUND:
        args.insert(0, r[base + 1])
    kwargs = dict(zip(names, args[len(args) - len(names):])) if names else {}
    args = args[:len(args) - len(names)]
    if callee is super and not args:
        code = frame.code
        self = r[0].cell_contents if isinstance(r[0], types.CellType) else r[0]
        cell = frame.closure[code.freevars.index("__class__")]
        return super(cell.cell_contents, self)
    if callee is builtins.__build_class__:
        return build_class(*args, **kwargs)
    if callee is locals or callee is vars and not args:
        return visible_locals(frame)
    if callee is globals:
        return frame.globals
    if callee in (eval, exec) and len(args) == 1:
        args += [frame.globals, visible_locals(frame)]
    return callee(*args, **kwargs)


def visible_locals(frame):
    if frame.locals is not None:
        return frame.locals
    result = {}
    names = frame.code.varnames + [c for c in frame.code.cellvars if c not in frame.code.varnames] + frame.code.freevars
    for name, value in zip(names, frame.regs):
        if isinstance(value, types.CellType):
            try:
                value = value.cell_contents
            except ValueError:
                continue
        if value is not UNBOUND:
            result[name] = value
    return result


def build_class(body, name, *bases, metaclass=None, **kwargs):
    resolved = types.resolve_bases(bases)
    keywords = dict(kwargs, metaclass=metaclass) if metaclass else kwargs
    meta, namespace, keywords = types.prepare_class(name, resolved, keywords)
    if resolved is not bases and "__orig_bases__" not in namespace:
        namespace["__orig_bases__"] = bases
    cell = run(Frame(body.__krait__, body.__globals_dict__, namespace, body.__closure_cells__))
    cls = meta(name, resolved, namespace, **keywords)
    if isinstance(cell, types.CellType):
        assert cell.cell_contents is cls
    return cls


def unpack(value, count):
    items = list(zip(range(count + 1), value)) if not isinstance(value, (list, tuple)) else list(enumerate(value))
    if len(items) != count:
        try:
            if isinstance(value, (list, tuple)):
                exec("a, " * count + " = v" if count else "[] = v", {"v": value})
            elif len(items) > count:
                raise ValueError(f"too many values to unpack (expected {count})")
            raise ValueError(f"not enough values to unpack (expected {count}, got {len(items)})")
        finally:
            pass
    return [v for _, v in items]


def unpack_value(value, count):
    try:
        iter(value)
    except TypeError:
        a, b = value  # for the message
    return unpack(value, count)


def match_class(subject, cls, positional, names):
    if not isinstance(cls, type):
        raise TypeError("called match pattern must be a class")
    if not isinstance(subject, cls):
        return None
    values, seen = [], []
    if positional:
        if cls in (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple):
            args = None
        else:
            args = getattr(cls, "__match_args__", ())
        allowed = 1 if args is None else len(args)
        if positional > allowed:
            raise TypeError(f"{cls.__name__}() accepts {allowed} positional sub-pattern{'s' * (allowed != 1)}"
                            f" ({positional} given)")
        if args is None:
            values.append(subject)
        else:
            names = tuple(args[:positional]) + names
    for name in names:
        if name in seen:
            raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
        seen.append(name)
        try:
            values.append(getattr(subject, name))
        except AttributeError:
            return None
    return tuple(values)


def split_group(exc, kind):
    """The rest and the match of except*."""
    if exc is None:
        return None, None
    if isinstance(exc, BaseExceptionGroup):
        match, rest = exc.split(kind)
        return rest, match
    if isinstance(exc, kind):
        return None, BaseExceptionGroup("", [exc])
    return exc, None


def prep_reraise_star(orig, results):
    results = [e for e in results if e is not None]
    if not results:
        return None
    if not isinstance(orig, BaseExceptionGroup):
        return results[0]
    raised = [e for e in results if not (isinstance(e, BaseExceptionGroup) and e.__traceback__ is orig.__traceback__)]
    same = [e for e in results if e not in raised]
    leaves = set()

    def collect(e):
        if isinstance(e, BaseExceptionGroup):
            for x in e.exceptions:
                collect(x)
        else:
            leaves.add(id(e))
    for e in same:
        collect(e)
    rest = orig.subgroup(lambda e: id(e) in leaves) if leaves else None
    if not raised:
        return rest
    return BaseExceptionGroup("", raised + ([rest] if rest else []))


def run(frame):
    generator = execute(frame)
    try:
        next(generator)
    except StopIteration as stop:
        return stop.value
    except Reraised as carrier:
        raised = carrier.args[0]
    else:
        raise AssertionError("a plain function yielded")
    raise raised


def get_awaitable(value):
    if isinstance(value, types.GeneratorType):
        return value
    if inspect.iscoroutine(value):
        return value.__await__()
    if not hasattr(type(value), "__await__"):
        raise TypeError(f"object {type(value).__name__} can't be used in 'await' expression")
    return value.__await__()


def execute(frame):
    """A generator that yields what the frame yields and returns what it returns."""
    code, r, n = frame.code, frame.regs, frame.code.names
    insts, consts, g = code.insts, code.consts, frame.globals
    pc = 0
    handled_outside = None

    def lookup(name):
        if name in g:
            return g[name]
        try:
            return getattr(builtins, name)
        except AttributeError:
            raise NameError(f"name {name!r} is not defined") from None

    def label(reg):
        return (code.varnames + [c for c in code.cellvars if c not in code.varnames] + code.freevars)[reg]

    def cell_get(cell, reg, name):
        try:
            return cell.cell_contents
        except ValueError:
            if name in code.freevars:
                raise NameError(f"cannot access free variable {name!r} where it is not associated with a value in "
                                "enclosing scope") from None
            raise UnboundLocalError(f"cannot access local variable {name!r} where it is not associated with a "
                                    "value") from None

    failed = None
    while True:
        if failed is not None:
            # A StopIteration must pass through the Python generator that simulates a plain function.
            raise failed if code.flags & 0x2A0 else Reraised(failed)
        op, o, after = insts[pc]
        try:
            jump = None
            if op in BINARY:
                r[o[0]] = BINARY[op](r[o[1]], r[o[2]])
            elif op in UNARY:
                r[o[0]] = UNARY[op](r[o[1]])
            elif op.startswith("JumpIf"):
                test = op[6:]
                if test in ("True", "False", "None", "NotNone"):
                    value = r[o[0]]
                    assert value is not UNBOUND
                    taken = (bool(value) == (test == "True") if test in ("True", "False")
                             else (value is None) == (test == "None"))
                    jump = o[1] if taken else None
                else:
                    a, b = r[o[0]], r[o[1]]
                    if test in ("Is", "IsNot"):
                        taken = (a is b) == (test == "Is")
                    elif test in ("In", "NotIn"):
                        taken = (a in b) == (test == "In")
                    elif test in BINARY:
                        taken = bool(BINARY[test](a, b))
                    else:
                        taken = not BINARY[test[3:]](a, b)
                    jump = o[2] if taken else None
            else:
                match op:
                    case "Nop" | "SetupAnnotations" if op == "Nop" or frame.locals.setdefault("__annotations__", {}) is 0:
                        pass
                    case "SetupAnnotations": pass
                    case "Move":
                        assert r[o[1]] is not UNBOUND, (code.qualname, pc)
                        r[o[0]] = r[o[1]]
                    case "LoadConst": r[o[0]] = consts[o[1]]
                    case "CheckLocal":
                        if r[o[0]] is UNBOUND:
                            raise UnboundLocalError(f"cannot access local variable {label(o[0])!r} where it is not "
                                                    "associated with a value")
                    case "DeleteLocal":
                        if r[o[0]] is UNBOUND:
                            raise UnboundLocalError(f"cannot access local variable {label(o[0])!r} where it is not "
                                                    "associated with a value")
                        r[o[0]] = UNBOUND
                    case "ClearReg": r[o[0]] = UNBOUND
                    case "MakeCell":
                        r[o[0]] = types.CellType() if r[o[0]] is UNBOUND else types.CellType(r[o[0]])
                    case "LoadFree": r[o[0]:o[0] + o[1]] = frame.closure
                    case "LoadCell": r[o[0]] = cell_get(r[o[1]], o[1], n[o[2]])
                    case "StoreCell": r[o[0]].cell_contents = r[o[1]]
                    case "DeleteCell":
                        cell_get(r[o[0]], o[0], n[o[1]])
                        del r[o[0]].cell_contents
                    case "LoadClassCell":
                        r[o[0]] = (frame.locals[n[o[2]]] if n[o[2]] in frame.locals
                                   else cell_get(r[o[1]], o[1], n[o[2]]))
                    case "LoadGlobal": r[o[0]] = lookup(n[o[1]])
                    case "StoreGlobal": g[n[o[0]]] = r[o[1]]
                    case "DeleteGlobal":
                        if n[o[0]] not in g:
                            raise NameError(f"name {n[o[0]]!r} is not defined")
                        del g[n[o[0]]]
                    case "LoadName":
                        try:
                            r[o[0]] = frame.locals[n[o[1]]]
                        except KeyError:
                            r[o[0]] = lookup(n[o[1]])
                    case "StoreName": frame.locals[n[o[0]]] = r[o[1]]
                    case "DeleteName":
                        if n[o[0]] not in frame.locals:
                            raise NameError(f"name {n[o[0]]!r} is not defined")
                        del frame.locals[n[o[0]]]
                    case "LoadLocals": r[o[0]] = frame.locals
                    case "LoadBuildClass": r[o[0]] = builtins.__build_class__
                    case "LoadAssertionError": r[o[0]] = AssertionError
                    case "LoadAttr": r[o[0]] = getattr(r[o[1]], n[o[2]])
                    case "StoreAttr": setattr(r[o[0]], n[o[1]], r[o[2]])
                    case "DeleteAttr": delattr(r[o[0]], n[o[1]])
                    case "LoadMethod":
                        value = getattr(r[o[1]], n[o[2]])
                        r[o[0]:o[0] + 2] = value, UNBOUND
                    case "LoadSuperAttr" | "LoadSuperMethod":
                        cls = r[o[2]]
                        value = getattr(r[o[1]](cls.cell_contents if isinstance(cls, types.CellType) else cls, r[o[3]]),
                                        n[o[4]])
                        r[o[0]] = value
                        if op == "LoadSuperMethod":
                            r[o[0] + 1] = UNBOUND
                    case "GetItem": r[o[0]] = r[o[1]][r[o[2]]]
                    case "SetItem": r[o[0]][r[o[1]]] = r[o[2]]
                    case "DelItem": del r[o[0]][r[o[1]]]
                    case "BuildSlice": r[o[0]] = slice(*(None if x == ABSENT else r[x] for x in o[1:]))
                    case "Is": r[o[0]] = r[o[1]] is r[o[2]]
                    case "IsNot": r[o[0]] = r[o[1]] is not r[o[2]]
                    case "In": r[o[0]] = r[o[1]] in r[o[2]]
                    case "NotIn": r[o[0]] = r[o[1]] not in r[o[2]]
                    case "Jump" | "LoopBack": jump = o[0]
                    case "GetIter": r[o[0]] = iter(r[o[1]])
                    case "ForIter":
                        try:
                            r[o[0]] = next(r[o[1]])
                        except StopIteration:
                            jump = o[2]
                    case "UnpackSequence": r[o[0]:o[0] + o[2]] = unpack_value(r[o[1]], o[2])
                    case "UnpackEx":
                        items = list(r[o[1]])
                        if len(items) < o[2] + o[3]:
                            raise ValueError(f"not enough values to unpack (expected at least {o[2] + o[3]}, "
                                             f"got {len(items)})")
                        end = len(items) - o[3]
                        r[o[0]:o[0] + o[2] + 1 + o[3]] = items[:o[2]] + [items[o[2]:end]] + items[end:]
                    case "BuildTuple": r[o[0]] = tuple(r[o[1]:o[1] + o[2]])
                    case "BuildList": r[o[0]] = r[o[1]:o[1] + o[2]]
                    case "BuildSet": r[o[0]] = set(r[o[1]:o[1] + o[2]])
                    case "BuildDict":
                        r[o[0]] = {r[o[1] + 2 * i]: r[o[1] + 2 * i + 1] for i in range(o[2])}
                    case "BuildString": r[o[0]] = "".join(r[o[1]:o[1] + o[2]])
                    case "FormatValue":
                        value = CONVERSIONS[o[3]](r[o[1]])
                        r[o[0]] = format(value, "" if o[2] == ABSENT else r[o[2]])
                    case "ListAppend": r[o[0]].append(r[o[1]])
                    case "SetAdd": r[o[0]].add(r[o[1]])
                    case "DictSet": r[o[0]][r[o[1]]] = r[o[2]]
                    case "ListExtend": r[o[0]] += [*r[o[1]]]
                    case "SetUpdate": r[o[0]].update(r[o[1]])
                    case "DictUpdate": r[o[0]].update({**r[o[1]]})
                    case "DictMerge":
                        for key in r[o[1]].keys():
                            if key in r[o[0]]:
                                name = getattr(r[o[2]], "__qualname__", "?")
                                raise TypeError(f"{name}() got multiple values for keyword argument {key!r}")
                            r[o[0]][key] = r[o[1]][key]
                    case "ListToTuple": r[o[0]] = tuple(r[o[1]])
                    case "Call" | "CallMethod": r[o[0]] = call(frame, r, o[1], o[2], op == "CallMethod")
                    case "CallKw" | "CallMethodKw":
                        r[o[0]] = call(frame, r, o[1], o[2], op == "CallMethodKw", consts[o[3]])
                    case "CallEx":
                        args, kwargs = r[o[1] + 1], {} if o[2] == ABSENT else r[o[2]]
                        if r[o[1]] is builtins.__build_class__:
                            r[o[0]] = build_class(*args, **kwargs)
                        else:
                            r[o[0]] = r[o[1]](*args, **kwargs)
                    case "MakeFunction":
                        parts = [None if x == ABSENT else r[x] for x in o[2:]]
                        r[o[0]] = make_function(consts[o[1]], g, frame, *parts)
                    case "Return":
                        assert r[o[0]] is not UNBOUND
                        return r[o[0]]
                    case "ReturnGenerator": pass
                    case "Yield":
                        saved, HANDLED[0] = HANDLED[0], handled_outside
                        try:
                            value = yield r[o[1]]
                        finally:
                            handled_outside, HANDLED[0] = HANDLED[0], saved
                        r[o[0]] = value
                    case "GetYieldFromIter": r[o[0]] = r[o[1]] if isinstance(
                        r[o[1]], (types.GeneratorType, types.CoroutineType)) else iter(r[o[1]])
                    case "YieldFrom": r[o[0]] = yield from r[o[1]]
                    case "GetAwaitable": r[o[0]] = get_awaitable(r[o[1]])
                    case "GetAIter": r[o[0]] = r[o[1]].__aiter__()
                    case "GetANext": r[o[0]] = get_awaitable(r[o[1]].__anext__())
                    case "EndAsyncFor":
                        if not isinstance(r[o[0]], StopAsyncIteration):
                            raise Reraised(r[o[0]])
                    case "PushExc":
                        r[o[0]], HANDLED[0] = HANDLED[0], r[o[1]]
                    case "PopExc": HANDLED[0] = r[o[0]]
                    case "CheckExcMatch":
                        kinds = r[o[2]] if isinstance(r[o[2]], tuple) else (r[o[2]],)
                        for kind in kinds:
                            if not (isinstance(kind, type) and issubclass(kind, BaseException)):
                                raise TypeError("catching classes that do not inherit from BaseException is not allowed")
                        r[o[0]] = isinstance(r[o[1]], r[o[2]])
                    case "CheckEgMatch":
                        r[o[0]:o[0] + 2] = split_group(r[o[1]], r[o[2]])
                        if r[o[0] + 1] is not None:
                            HANDLED[0] = r[o[0] + 1]
                    case "PrepReraiseStar": r[o[0]] = prep_reraise_star(r[o[1]], r[o[2]])
                    case "Raise":
                        if o[0] == ABSENT:
                            if HANDLED[0] is None:
                                raise RuntimeError("No active exception to reraise")
                            raise Reraised(HANDLED[0])
                        exc = r[o[0]]
                        if isinstance(exc, type) and issubclass(exc, BaseException):
                            exc = exc()
                        if o[1] == ABSENT:
                            raise exc
                        raise exc from r[o[1]]
                    case "Reraise": raise Reraised(r[o[0]])
                    case "LoadSpecial":
                        name = SPECIAL[o[2]]
                        method = getattr(type(r[o[1]]), name, None)
                        if method is None:
                            kind = "asynchronous context manager" if o[2] > 1 else "context manager"
                            tail = f" (missed {name} method)" if o[2] & 1 else ""
                            raise TypeError(f"{type(r[o[1]]).__name__!r} object does not support the {kind} protocol{tail}")
                        value = method.__get__(r[o[1]]) if hasattr(method, "__get__") else method
                        r[o[0]:o[0] + 2] = value, UNBOUND
                    case "WithExit":
                        exc = None if o[2] == ABSENT else r[o[2]]
                        args = (None, None, None) if exc is None else (type(exc), exc, exc.__traceback__)
                        r[o[0]] = r[o[1]](*args)
                    case "ImportName":
                        r[o[0]] = __import__(n[o[1]], g, None, None if o[3] == ABSENT else r[o[3]], r[o[2]])
                    case "ImportFrom":
                        try:
                            r[o[0]] = getattr(r[o[1]], n[o[2]])
                        except AttributeError:
                            module = r[o[1]].__name__
                            if f"{module}.{n[o[2]]}" in sys.modules:
                                r[o[0]] = sys.modules[f"{module}.{n[o[2]]}"]
                            else:
                                exec(f"from {module} import {n[o[2]]}")
                    case "ImportStar":
                        names = getattr(r[o[0]], "__all__", None) or [k for k in vars(r[o[0]]) if k[0] != "_"]
                        for name in names:
                            frame.locals[name] = getattr(r[o[0]], name)
                    case "GetLen": r[o[0]] = len(r[o[1]])
                    case "MatchMapping": r[o[0]] = isinstance(r[o[1]], collections.abc.Mapping)
                    case "MatchSequence":
                        r[o[0]] = (isinstance(r[o[1]], collections.abc.Sequence)
                                   and not isinstance(r[o[1]], (str, bytes, bytearray)))
                    case "MatchKeys":
                        missing = object()
                        values = tuple(r[o[1]].get(key, missing) for key in r[o[2]])
                        r[o[0]] = None if missing in values else values
                    case "MatchClass": r[o[0]] = match_class(r[o[1]], r[o[2]], o[3], consts[o[4]])
                    case "PrintExpr": sys.displayhook(r[o[0]])
                    case _: raise SystemError("not simulated: " + op)
            pc = after if jump is None else jump
        except BaseException as e:
            exc = e.args[0] if isinstance(e, Reraised) else e
            if isinstance(e, (AssertionError, SystemError)) and op != "Raise" and "not simulated" in str(e):
                raise
            if exc is e and HANDLED[0] is not None and exc is not HANDLED[0]:
                context = exc
                while context.__context__ is not None and context.__context__ is not HANDLED[0]:
                    context = context.__context__
                if context is not HANDLED[0] and context.__context__ is None:
                    context.__context__ = HANDLED[0]
            elif exc is e and HANDLED[0] is None and isinstance(exc.__context__, Reraised):
                exc.__context__ = None
            for start, end, handler, reg in code.handlers:
                if start <= pc < end:
                    r[reg] = exc
                    pc = handler
                    break
            else:
                failed = exc  # raised outside of this handler, which would become its context


def make_function(code, g, frame, defaults, kwdefaults, annotations, closure):
    total = code.argcount + code.kwonly

    def bind(args, kwargs):
        inner = Frame(code, g, None, closure or ())
        r = inner.regs
        values = dict(kwargs)
        names = code.varnames
        count = min(len(args), code.argcount)
        r[:count] = args[:count]
        extra = args[code.argcount:]
        at = total
        if code.flags & 4:
            r[at] = tuple(extra)
            at += 1
        elif extra:
            raise TypeError(message())
        for i in range(code.posonly if code.flags & 8 else 0, total):
            if names[i] in values:
                if i < count:
                    raise TypeError(f"{code.qualname}() got multiple values for argument {names[i]!r}")
                if i < code.posonly:
                    continue
                r[i] = values.pop(names[i])
        if code.flags & 8:
            r[at] = values
        elif values:
            raise TypeError(f"{code.qualname}() got an unexpected keyword argument {next(iter(values))!r}")
        missing = []
        first = code.argcount - len(function.__defaults__ or ())
        for i in range(total):
            if r[i] is UNBOUND:
                if first <= i < code.argcount:
                    r[i] = function.__defaults__[i - first]
                elif i >= code.argcount and names[i] in (function.__kwdefaults__ or {}):
                    r[i] = function.__kwdefaults__[names[i]]
                else:
                    missing.append(names[i])
        if missing:
            kind = "positional" if names.index(missing[0]) < code.argcount else "keyword-only"
            text = " and ".join([", ".join(map(repr, missing[:-1]))] * (len(missing) > 1) + [repr(missing[-1])])
            raise TypeError(f"{code.qualname}() missing {len(missing)} required {kind} argument"
                            f"{'s' * (len(missing) > 1)}: {text}")
        return inner

    def message():
        least, most = code.argcount - len(function.__defaults__ or ()), code.argcount
        return f"{code.qualname}() takes {most if least == most else f'from {least} to {most}'} positional arguments"

    if code.flags & 0x200:
        raise SystemError("not simulated: asynchronous generators")
    if code.flags & 0x80:
        async def function(*args, **kwargs):
            return await types.coroutine(execute)(bind(args, kwargs))
    elif code.flags & 0x20:
        def function(*args, **kwargs):
            return execute(bind(args, kwargs))
    else:
        def function(*args, **kwargs):
            return run(bind(args, kwargs))
    function.__name__, function.__qualname__, function.__module__ = code.name, code.qualname, g.get("__name__")
    function.__doc__ = code.consts[0] if code.consts and isinstance(code.consts[0], str) else None
    function.__defaults__, function.__kwdefaults__ = defaults, kwdefaults
    if annotations:
        function.__annotations__ = dict(zip(annotations[::2], annotations[1::2]))
    function.__krait__, function.__globals_dict__, function.__closure_cells__ = code, g, closure or ()
    return function


# ---- Running ------------------------------------------------------------------------------------------


def run_program(tool, path):
    image = subprocess.run([tool, "--image", path], capture_output=True, check=True).stdout
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    module.__file__ = path
    module.__dict__["__builtins__"] = builtins
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    sys.argv = [path]
    sys.setrecursionlimit(12000)
    run(Frame(read_image(image), module.__dict__, module.__dict__))


def main():
    tool, files = sys.argv[1], sys.argv[2:]
    if tool == "--run":
        return run_program(files[0], files[1])
    same = different = skipped = 0
    for path in files:
        env = dict(os.environ, PYTHONHASHSEED="0", PYTHONWARNINGS="ignore")
        expected = subprocess.run([sys.executable, path], capture_output=True, env=env)
        try:
            actual = subprocess.run([sys.executable, __file__, "--run", tool, path], capture_output=True, env=env,
                                    timeout=60)
        except subprocess.TimeoutExpired:
            actual = None
        if actual and b"not simulated" in actual.stderr:
            skipped += 1
        elif actual and actual.stdout == expected.stdout and bool(actual.returncode) == bool(expected.returncode):
            same += 1
        else:
            different += 1
            last = actual.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] if actual else "timeout"
            print(f"{path}: differs: {last}")
    print(f"{same} same, {different} different, {skipped} not simulated")
    return different != 0


sys.exit(main())
