"""Compares the source positions of instructions with CPython 3.11's.

Run by /usr/bin/python3.11:  position_oracle.py KRAIT_DIS FILE...

For each code object, the instructions of both compilers that do the same (LOAD_ATTR and LoadAttr, ...) are compared as
lists of positions; what differs is printed. Exit status 1 if anything does.
"""
import collections
import dis
import subprocess
import sys

OURS = {
    "LoadAttr": "LOAD_ATTR", "LoadMethod": "LOAD_ATTR", "StoreAttr": "STORE_ATTR", "DeleteAttr": "DELETE_ATTR",
    "GetItem": "BINARY_SUBSCR", "SetItem": "STORE_SUBSCR", "DelItem": "DELETE_SUBSCR",
    "Neg": "UNARY", "Pos": "UNARY", "Invert": "UNARY",
    "Call": "CALL", "CallMethod": "CALL", "CallKw": "CALL", "CallMethodKw": "CALL", "CallEx": "CALL_FUNCTION_EX",
    "LoadGlobal": "LOAD_GLOBAL", "LoadName": "LOAD_NAME", "StoreName": "STORE_NAME", "StoreGlobal": "STORE_GLOBAL",
    "GetIter": "GET_ITER", "ForIter": "FOR_ITER", "Raise": "RAISE_VARARGS", "GetAIter": "GET_AITER",
    "GetANext": "GET_ANEXT", "ImportName": "IMPORT_NAME", "ImportFrom": "IMPORT_FROM", "GetAwaitable": "GET_AWAITABLE",
    "Yield": "YIELD_VALUE", "YieldFrom": "YIELD_VALUE", "JumpIfTrue": "POP_JUMP", "JumpIfFalse": "POP_JUMP", "UnpackSequence": "UNPACK_SEQUENCE", "UnpackEx": "UNPACK_EX",
    "CheckExcMatch": "CHECK_EXC_MATCH", "CheckEgMatch": "CHECK_EG_MATCH", "FormatValue": "FORMAT_VALUE",
    "BuildSlice": "BUILD_SLICE", "DictMerge": "DICT_MERGE", "DictUpdate": "DICT_UPDATE", "ListExtend": "LIST_EXTEND",
    "ListAppend": "LIST_APPEND", "SetAdd": "SET_ADD", "DictSet": "MAP_ADD", "MatchClass": "MATCH_CLASS",
    "MatchKeys": "MATCH_KEYS", "GetLen": "GET_LEN", "In": "CONTAINS_OP", "NotIn": "CONTAINS_OP",
    "JumpIfIn": "CONTAINS_OP", "JumpIfNotIn": "CONTAINS_OP", "LoadCell": "LOAD_DEREF", "DeleteName": "DELETE_NAME",
    "LoadClassCell": "LOAD_CLASSDEREF",
    "SetUpdate": "SET_UPDATE", "GetYieldFromIter": "GET_YIELD_FROM_ITER", "BuildString": "BUILD_STRING",
    "BuildTuple": None, "LoadBuildClass": "LOAD_BUILD_CLASS", "MakeFunction": "MAKE_FUNCTION",
}
BINARY = {"Add", "Sub", "Mul", "TrueDiv", "FloorDiv", "Mod", "Pow", "MatMul", "LShift", "RShift", "And", "Or", "Xor"}
COMPARE = {"Lt", "Le", "Eq", "Ne", "Gt", "Ge"}
for name in BINARY:
    OURS[name] = OURS["Inplace" + name] = "BINARY_OP"
for name in COMPARE:
    OURS[name] = OURS["JumpIf" + name] = OURS["JumpIfNot" + name] = "COMPARE_OP"
THEIRS = set(filter(None, OURS.values()))
THEIR_NAMES = {"LOAD_METHOD": "LOAD_ATTR", "UNARY_NEGATIVE": "UNARY", "UNARY_POSITIVE": "UNARY", "UNARY_INVERT": "UNARY"}


def theirs(code, table):
    rows = table[code.co_qualname, code.co_firstlineno]
    last = None
    for inst in dis.get_instructions(code):
        op = THEIR_NAMES.get(inst.opname, inst.opname)
        if op.startswith("POP_JUMP") and "NONE" not in op and last != "COMPARE_OP" and last != "CONTAINS_OP":
            op = "POP_JUMP"
        last = inst.opname
        if op in THEIRS:
            p = inst.positions
            row = tuple(-1 if v is None else v for v in (p.lineno, p.end_lineno, p.col_offset, p.end_col_offset))
            rows[op, row] += 1
    for const in code.co_consts:
        if hasattr(const, "co_code"):
            theirs(const, table)


def main():
    tool, files = sys.argv[1], sys.argv[2:]
    different = total = 0
    for path in files:
        with open(path, "rb") as f:
            source = f.read()
        try:
            code = compile(source, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        expected = collections.defaultdict(collections.Counter)
        theirs(code, expected)
        actual = collections.defaultdict(collections.Counter)
        output = subprocess.run([tool, "--table", path], capture_output=True, text=True).stdout
        for line in output.splitlines():
            where, op, *numbers = line.rsplit(" ", 5)
            name, first = where.rsplit(":", 1)
            if OURS.get(op):
                actual[name, int(first)][OURS[op], tuple(map(int, numbers))] += 1
        for key in sorted(set(expected) | set(actual)):
            total += sum(expected[key].values())
            # finally bodies are copied as often as each compiler likes
            missing = set(expected[key]) - set(actual[key])
            extra = set(actual[key]) - set(expected[key])
            different += len(missing | extra)
            for mark, rows in (("-", missing), ("+", extra)):
                for op, row in sorted(rows):
                    print(f"{mark} {path}: {key[0]}:{key[1]} {op} {row}")
    print(f"{total} positions, {different} differ")
    return different != 0


sys.exit(main())
