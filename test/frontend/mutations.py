#!/usr/bin/python3.11
"""Compares Krait's parser with CPython's on programs with small random faults.

usage: mutations.py KRAIT_AST [COUNT [SEED]]
Takes top-level statements of the standard library, drops, doubles, swaps or replaces tokens, and compares the tree or the
error, as syntax_errors.py does. Prints each difference and the counts. The same seed gives the same programs.
"""
import ast
import glob
import io
import os
import random
import sys
import tokenize
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ast_oracle import Server
from syntax_errors import answer, normal, reference

warnings.simplefilter("ignore")
WORDS = """( ) [ ] { } , : ; . = == := + - * ** / // % @ -> ... != < ~ and as assert async await break class continue def del
elif else except finally for from global if import in is lambda None not or pass raise return True try while with yield x
print match case _ 1 0x 1.5e 2j 'a' f'{x}' f'{x y}' b'q' 'a ! $ ? \\ # += *a **k x=1 x.y""".split()


def statements():
    result = []
    for path in sorted(glob.glob("/usr/lib/python3.11/*.py") + glob.glob("/usr/lib/python3.11/test/test_[a-m]*.py")):
        with open(path, encoding="utf-8", errors="replace") as f:
            source = f.read()
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            continue
        lines = source.splitlines(keepends=True)
        for node in ast.walk(tree):
            if isinstance(node, ast.stmt) and node.col_offset == 0 and node.end_lineno - node.lineno < 40:
                result.append("".join(lines[node.lineno - 1:node.end_lineno]))
            elif isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno < 25:
                body = lines[node.lineno - 1:node.end_lineno]
                cut = node.col_offset
                if all(not line.strip() or line[:cut].isspace() for line in body):
                    result.append("".join(line[cut:] if line.strip() else line for line in body))
    return result


def mutate(source, rng):
    try:
        tokens = [t.string for t in tokenize.generate_tokens(io.StringIO(source).readline)]
        spans, position = [], 0
        for token in tokens:
            at = source.find(token, position) if token else -1
            if at >= 0:
                spans.append((at, at + len(token)))
                position = at + len(token)
    except (tokenize.TokenError, SyntaxError):
        return source
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        start, end = rng.choice(spans)
        if end > len(source):
            continue
        what = rng.randrange(5)
        if what == 0:
            source = source[:start] + source[end:]
        elif what == 1:
            source = source[:end] + " " + source[start:end] + source[end:]
        elif what == 2:
            source = source[:start] + " " + rng.choice(WORDS) + " " + source[end:]
        elif what == 3:
            source = source[:start] + " " + rng.choice(WORDS) + " " + source[start:]
        else:
            at = rng.randrange(len(source))
            source = source[:at] + source[at + 1:]
        if not source:
            return "x"
    return source


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    server = Server(sys.argv[1], "--text")
    bases = statements()
    same = different = rejected = 0
    for _ in range(count):
        source = mutate(rng.choice(bases), rng)
        accepted, expected = reference(source)
        ok, got = answer(server, source)
        rejected += not accepted
        if ok == accepted and normal(got) == normal(expected):
            same += 1
            continue
        different += 1
        print(f"{source!r}\n    krait:   {'accepts' if ok else got}\n    cpython: {'accepts' if accepted else expected}")
    print(f"{count} programs, {rejected} of them wrong: {same} alike, {different} different")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
