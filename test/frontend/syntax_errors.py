#!/usr/bin/python3.11
"""Compares the errors of Krait's parser with CPython's on wrong programs.

usage: syntax_errors.py KRAIT_AST [--all] [FILE...]
A FILE holds snippets with a line of only '%%' after each (default: syntax_errors.txt beside this script). For each, the
type, message, line, column, end and text of the error must be those that CPython raises (now: nothing is recorded).
With --all, programs that CPython accepts are compared too.
"""
import ast
import os
import sys
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ast_oracle import Server

warnings.simplefilter("ignore")


def snippets(path):
    with open(path, encoding="utf-8", newline="") as f:
        text = f.read()
    return [s for s in text.split("\n%%\n") if s]


def reference(source):
    try:
        return True, ast.dump(ast.parse(source), include_attributes=True)
    except SyntaxError as e:
        return False, [type(e).__name__, e.lineno, e.offset, e.end_lineno, e.end_offset, e.msg, e.text]
    except (ValueError, MemoryError, OverflowError) as e:
        return False, [type(e).__name__, None, None, None, None, str(e), None]


def answer(server, source):
    ok, reply = server.source(source.encode("utf-8", "surrogatepass"))
    if ok:
        return True, reply
    kind, *rest = reply.split("\n", 6)
    numbers = [None if n == "None" else int(n) for n in rest[:4]]
    return False, [kind, *numbers, rest[4], None if rest[5] == "None" else rest[5]]


def normal(error):
    # CPython keeps or drops the newline of the text by the state of its buffers; tracebacks do not show it.
    return [*error[:6], (error[6] or "").rstrip("\n")] if isinstance(error, list) else error


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if not arguments:
        sys.exit(__doc__)
    here = os.path.dirname(os.path.abspath(__file__))
    files = arguments[1:] or [os.path.join(here, "syntax_errors.txt")]
    server = Server(arguments[0], "--text")
    same = different = 0
    for path in files:
        for source in snippets(path):
            accepted, expected = reference(source)
            if accepted and "--all" not in sys.argv:
                print(f"{source!r}: CPython accepts this")
                different += 1
                continue
            ok, got = answer(server, source)
            if ok == accepted and normal(got) == normal(expected):
                same += 1
                continue
            different += 1
            print(f"{source!r}\n    krait:   {'accepts' if ok else got}\n    cpython: {'accepts' if accepted else expected}")
    print(f"{same} errors alike, {different} different")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
