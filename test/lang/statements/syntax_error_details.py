# Errors of sources: late future imports on one line, patterns, files that are not UTF-8.
import ast

for source in [
    "from __future__ import division; import a; from __future__ import division\n",
    "from __future__ import annotations; from __future__ import nothing\n",
    "match x:\n    case f'': pass\n",
    "match x:\n    case {f'': _}: pass\n",
    "match x:\n    case {0: _, False: _}: pass\n",
    "match x:\n    case {1.0: _, 1: _}: pass\n",
    "match x:\n    case {0: _, -0.0: _}: pass\n",
]:
    try:
        compile(source, "x.py", "exec")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset)
try:
    ast.parse("def f(*, # type: int\n a, # type: int\n): pass", type_comments=True)
except SyntaxError as error:
    print(error.msg)
try:
    ast.parse("f'{x=}'", feature_version=(3, 7))
except SyntaxError as error:
    print(error.msg)
print(ast.dump(ast.parse("async = 1\nawait = async", feature_version=(3, 6))))
try:
    compile(b"\x89\n", "x.py", "exec")
except SyntaxError as error:
    print(ascii(error.text), error.msg)
