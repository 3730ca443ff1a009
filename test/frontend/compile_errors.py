#!/usr/bin/python3.11
"""Compares the errors and warnings of Krait's scopes and bytecode compiler with CPython's on wrong programs.

usage: compile_errors.py KRAIT_DIS [FILE...]
A FILE holds snippets with a line of only '%%' after each (default: compile_errors.txt beside this script). Type, message
and position of the error, and category, message and line of each warning, must be those that CPython gives now.
"""
import os
import subprocess
import sys
import tempfile
import warnings


def snippets(path):
    with open(path, encoding="utf-8", newline="") as f:
        return [s for s in f.read().split("\n%%\n") if s]


def reference(source, name):
    lines = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, name, "exec", dont_inherit=True)
        except SyntaxError as e:
            error = f"{type(e).__name__}: {e.msg} ({e.lineno}, {e.offset}, {e.end_lineno}, {e.end_offset})"
        else:
            error = None
    for w in caught:
        lines.append(f"{w.category.__name__}: {w.message} ({w.lineno})")
    return lines + [error] if error else lines


def main():
    tool = sys.argv[1]
    files = sys.argv[2:] or [os.path.join(os.path.dirname(os.path.abspath(__file__)), "compile_errors.txt")]
    total = wrong = 0
    for path in files:
        for source in snippets(path):
            source += "\n"
            with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as f:
                f.write(source)
                f.flush()
                expected = reference(source, f.name)
                actual = subprocess.run([tool, "--error", f.name], capture_output=True, text=True).stdout.splitlines()
            total += 1
            if expected != actual:
                wrong += 1
                print(f"---- differs:\n{source}  CPython: {expected}\n  Krait:   {actual}")
    print(f"{total} programs, {wrong} differ")
    return wrong != 0


sys.exit(main())
