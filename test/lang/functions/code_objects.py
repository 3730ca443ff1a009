# Code objects: replaced fields, equality and hash, one made from another's fields; lines and positions.
import types


def add(a, b=2, *, c=3):
    def inner():
        return a

    return inner() + b + c


code = add.__code__
same = types.CodeType(
    code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_nlocals, code.co_stacksize, code.co_flags, code.co_code,
    code.co_consts, code.co_names, code.co_varnames, code.co_filename, code.co_name, code.co_qualname, code.co_firstlineno,
    code.co_linetable, code.co_exceptiontable, code.co_freevars, code.co_cellvars,
)
print(same == code, hash(same) == hash(code), same is code)
made = types.FunctionType(same, globals(), "made", (20,))
made.__kwdefaults__ = {"c": 30}
print(made(1), made(1, 2, c=3))

for field, value in [("co_name", "other"), ("co_qualname", "o.ther"), ("co_filename", "file"), ("co_firstlineno", 7), ("co_flags", code.co_flags | 16),
                     ("co_linetable", b""), ("co_consts", code.co_consts + (1,)), ("co_posonlyargcount", 1)]:
    changed = code.replace(**{field: value})
    print(field, getattr(changed, field) == value, changed == code, changed.replace(**{field: getattr(code, field)}) == code)

renamed = code.replace(co_varnames=("x", "y", "z") + code.co_varnames[3:], co_cellvars=("x",))
function = types.FunctionType(renamed, globals(), "renamed", (2,))
print(function(x=1, y=5, z=6))

for wrong in [dict(co_nlocals=1), dict(co_code="text"), dict(co_name=1), dict(nothing=1), dict(co_argcount=-1)]:
    try:
        code.replace(**wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, list(wrong))

print(code.replace(co_linetable=b"") == code)
print(sorted({line - code.co_firstlineno for start, end, line in code.co_lines() if line and line > code.co_firstlineno}))
print(all(len(position) == 4 for position in code.co_positions()), code.co_names, code.co_cellvars, code.co_freevars)
