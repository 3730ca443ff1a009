#!/usr/bin/python3.11
"""Compares what annotated headers declare with the built-ins of CPython 3.11.

    signatures.py SIGNATURES.TXT [--missing]

A declared method that CPython lacks, or whose __text_signature__ differs, is an error. --missing lists the public names of
CPython's built-in types and of modules with native parts that no header declares yet (special methods come from slots and
are not counted).
"""

import _socket
import argparse
import array
import builtins
import datetime
import decimal
import importlib
import re
import sys
import types
import weakref


async def _coroutine():
    pass


async def _async_generator():
    yield


def _generator():
    yield


# Differences that stay, with their reason.
ACCEPTED = {
    "_asyncio._native_tasks": "what the set of all tasks, a class of the library's own Python, is made with",
    "_opcode.instructions": "the table that the modules opcode and dis are made from",
    "builtins.anext": "CPython's text has a default that inspect cannot read",
    "marshal.dump": "the default is the number that CPython spells as the constant",
    "marshal.dumps": "as marshal.dump",
    "_csv.field_size_limit": "takes any number of arguments to word errors as CPython does",
    "posix.get_terminal_size": "as _csv.field_size_limit",
    "posix.memfd_create": "the default is a constant of the module, which signatures here cannot name",
    "posix.eventfd": "as posix.memfd_create",
    "posix.splice": "offset_src and offset_dst may be left out, which None does not say",
    "posix.posix_spawn": "keyword arguments are sorted by hand",
    "posix.posix_spawnp": "as posix.posix_spawn",
    "posix.register_at_fork": "as posix.posix_spawn",
    "posix.utime": "as posix.posix_spawn",
    "_sqlite3.adapt": "the default is a class of the module, which signatures here cannot name",
    "_sqlite3.connect": "passes all its arguments on to the factory among them",
    "list.__init__": "CPython's is that of a slot wrapper and says nothing",
    "math.gcd": "the receiver is followed by `/` for all functions that take *args",
    "math.lcm": "as math.gcd",
    "_weakref.proxy": "takes any number of arguments to word errors as CPython does",
    "_weakref.getweakrefs": "as _weakref.proxy",
    "_locale.setlocale": "CPython's text has a default that inspect cannot read",
    "zlib.compress": "the defaults are constants of the module, which signatures here cannot name",
    "zlib.compressobj": "as zlib.compress",
    "zlib.decompress": "as zlib.compress",
    "zlib.decompressobj": "as zlib.compress",
    "decimal.Decimal": "CPython's text has other quotation marks",
    "decimal_context.create_decimal": "as decimal.Decimal",
    "struct.format": "attributes of Struct objects, whose stem is that of the module",
    "struct.size": "as struct.format",
    "_codecs._forget_codec": "of 3.12",
    "_codecs.backslashreplace_errors": "error handlers are entered in the registry from here",
    "_codecs.ignore_errors": "error handlers are entered in the registry from here",
    "_codecs.namereplace_errors": "error handlers are entered in the registry from here",
    "_codecs.replace_errors": "error handlers are entered in the registry from here",
    "_codecs.strict_errors": "error handlers are entered in the registry from here",
    "_codecs.surrogateescape": "error handlers are entered in the registry from here",
    "_codecs.surrogatepass": "error handlers are entered in the registry from here",
    "_codecs.xmlcharrefreplace_errors": "error handlers are entered in the registry from here",
    "code.replace": "the parameters are the attributes; spelling them all would add nothing but defaults that are not used",
    "cell.cell": "CPython's text is of a form that inspect cannot read either",
    "complex.complex": "a left-out imag is not imag=0 (complex('1j') may not have one)",
}

CLASSES = {
    "function": types.FunctionType, "method": types.MethodType, "module": types.ModuleType, "cell": types.CellType,
    "code": types.CodeType, "generator": types.GeneratorType, "async_generator": types.AsyncGeneratorType,
    "coroutine": types.CoroutineType, "traceback": types.TracebackType, "frame": types.FrameType,
    "native_function": types.BuiltinFunctionType, "method_descriptor": types.MethodDescriptorType,
    "classmethod_descriptor": types.ClassMethodDescriptorType, "slot_wrapper": types.WrapperDescriptorType,
    "method_wrapper": types.MethodWrapperType, "getset_descriptor": types.GetSetDescriptorType,
    "member_descriptor": types.MemberDescriptorType, "mappingproxy": types.MappingProxyType,
    "generic_alias": types.GenericAlias, "union": types.UnionType, "simple_namespace": types.SimpleNamespace,
    "list_iter": type(iter([])), "list_reverse_iter": type(reversed([])), "tuple_iter": type(iter(())),
    "range_iter": type(iter(range(0))), "str_iter": type(iter("")), "bytes_iter": type(iter(b"")),
    "set_iter": type(iter(set())), "dict_keys": type({}.keys()), "dict_values": type({}.values()),
    "dict_items": type({}.items()), "weakref": weakref.ref, "weakproxy": weakref.ProxyType,
    "callable_weakproxy": weakref.CallableProxyType,
    # Classes with the name of a module: methods are theirs, functions the module's.
    "array": array.array, "datetime": datetime.datetime, "date": datetime.date, "time": datetime.time, "socket": _socket.socket,
    "decimal": decimal.Decimal, "decimal_context": decimal.Context,
}


def find_owner(name, kind):
    if name in CLASSES and kind != "function":
        return CLASSES[name]
    value = getattr(builtins, name, None)
    if isinstance(value, type):
        return value
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def plain(signature):
    """Without CPython's line breaks, and with one name for the receiver of a module's function."""
    return re.sub(r"\s+", " ", signature).replace("$module", "$self").replace("sys.maxsize", str(sys.maxsize))


def compare(path):
    wrong, seen, unknown = [], {}, set()
    for line in open(path, encoding="utf-8"):
        kind, owner_name, name, signature = line.rstrip("\n").split("\t")
        owner = find_owner(owner_name, kind)
        if owner is None or (kind in ("new", "init", "method") and not isinstance(owner, type)):
            unknown.add(owner_name)
            continue
        seen.setdefault(owner_name, set()).add(name)
        if kind in ("new", "init"):
            real = owner.__text_signature__
        else:
            found = owner.__dict__.get(name)
            if found is None:
                if not hasattr(owner, name) and "%s.%s" % (owner_name, name) not in ACCEPTED:
                    wrong.append("%s.%s: CPython has no such name" % (owner_name, name))
                continue
            real = getattr(found, "__text_signature__", None)
            if isinstance(found, staticmethod):
                real = found.__func__.__text_signature__
        if kind in ("getter", "setter"):
            continue
        # Where CPython has no signature, having one is no difference that a program could mind.
        if real is not None and plain(signature) != plain(real) and "%s.%s" % (owner_name, name) not in ACCEPTED:
            wrong.append("%s.%s: %s, CPython: %s" % (owner_name, name, signature, real or "-"))
    return wrong, seen, unknown


def missing(seen):
    for owner_name in sorted(seen):
        owner = find_owner(owner_name, "function") or find_owner(owner_name, "method")
        names = [n for n, v in owner.__dict__.items() if not n.startswith("__") and not isinstance(v, types.MemberDescriptorType)]
        if isinstance(owner, types.ModuleType):
            names = [n for n in names if isinstance(owner.__dict__[n], types.BuiltinFunctionType)]
        lacking = sorted(set(names) - seen[owner_name])
        if lacking:
            print("%s lacks %s" % (owner_name, ", ".join(lacking)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("signatures")
    parser.add_argument("--missing", action="store_true")
    options = parser.parse_args()
    wrong, seen, unknown = compare(options.signatures)
    if options.missing:
        missing(seen)
    if unknown:
        print("not compared: %s" % ", ".join(sorted(unknown)))
    for message in wrong:
        print("error: %s" % message)
    print("%d names compared, %d differ" % (sum(map(len, seen.values())), len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
