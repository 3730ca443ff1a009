# Trees of the ast module are compiled; what is wrong with a tree is told as CPython tells it.
import ast

tree = ast.parse("""
x = [i * 2 for i in range(4)]
def f(a, *, b=3):
    match a:
        case {"k": [1, *r]} if b: return r
        case _: return a + b
print(x, f(2), f({"k": [1, 2, 3]}), f'{x!r:>20}', 1e400, -3j, 2**100, b"a", ascii("\\udc80"))
""")
exec(compile(tree, "f", "exec"))
value = ast.Constant((1, frozenset({2}), 10**30, None, ...))
print(eval(compile(ast.Expression(ast.fix_missing_locations(value)), "x", "eval")))


def attempt(tree, mode="exec", fix=True):
    try:
        compile(ast.fix_missing_locations(tree) if fix else tree, "f", mode)
        print("compiled")
    except Exception as error:
        print(type(error).__name__, error)


def expression(node):
    attempt(ast.Expression(node), "eval")


name = ast.Name("x", ast.Load())
store = ast.Name("x", ast.Store())
one = ast.Constant(1)
attempt(tree, "eval")
attempt(ast.Module([3], []), fix=False)
attempt(ast.Module(None, []), fix=False)
attempt(ast.Expression(None), "eval", fix=False)
attempt(ast.Expression(ast.Name("y", ast.Load())), "eval", fix=False)
expression(store)
expression(ast.Constant([]))
expression(ast.Name(1, ast.Load()))
expression(ast.Name("True", ast.Load()))
expression(ast.BoolOp(ast.And(), [one]))
expression(ast.Compare(one, [ast.Lt(), ast.Gt()], [one]))
expression(ast.Dict([None], []))
expression(ast.Dict([None], [name]))
expression(ast.ListComp(one, []))
expression(ast.List([None], ast.Load()))
attempt(ast.Module([ast.Assign([], one)], []))
attempt(ast.Module([ast.Assign([one], one)], []))
attempt(ast.Module([ast.If(one, [], [])], []))
attempt(ast.Module([ast.Delete([name])], []))
attempt(ast.Module([ast.Raise(None, one)], []))
attempt(ast.Module([ast.Try([ast.Pass()], [], [], [])], []))
attempt(ast.Module([ast.ImportFrom("os", [ast.alias("path")], None)], []))
deep = one
for i in range(5000):
    deep = ast.UnaryOp(ast.USub(), deep, lineno=1, col_offset=0)
try:
    compile(ast.Expression(deep), "f", "eval")
except RecursionError as error:
    print(type(error).__name__)
print(ast.unaryop.__doc__, ast.mod.__doc__, sep="\n")
