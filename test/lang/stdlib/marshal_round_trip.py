import marshal

values = [1, -5, 2**31, -2**70, 1.5, 1e300, -0.0, 2 + 3j, b"abc", "abc", "\xe9\u1234", "\ud800", (), (1, 2), [1, [2]], {"a": 1, 2: None},
          {1, 2}, frozenset("ab"), None, True, ..., StopIteration, "x" * 300, (1,) * 300]
for version in range(5):
    print(version, all(marshal.loads(marshal.dumps(value, version)) == value for value in values))
shared = ["q" * 3]
back = marshal.loads(marshal.dumps([shared, shared]))
print(back, back[0] is back[1])
loop = []
loop.append(loop)
back = marshal.loads(marshal.dumps(loop))
print(back[0] is back)
for data in (b"", b"q", b"[\x01\0\0\0", b"r\x05\0\0\0", b"l\x01\0\0\0\0\0"):
    try:
        print(marshal.loads(data))
    except (EOFError, ValueError) as error:
        print(type(error).__name__, error)
try:
    marshal.dumps(object())
except ValueError as error:
    print(error)
source = """
def outer(a, /, b=2, *rest, key=3, **more):
    total = a + b + key
    def inner(x):
        nonlocal total
        total += x
        return total
    try:
        inner(1 / (a - 1))
    except ZeroDivisionError as error:
        print(error)
    return [inner(n) for n in rest], sorted(more)
print(outer(1, 5, 7, 8, extra=None), {1, 2} & {2, 3}, 2 ** 70, "h\xe9")
"""
code = marshal.loads(marshal.dumps(compile(source, "made_up.py", "exec")))
print(code.co_filename, code.co_firstlineno, code.co_names)
exec(code)
