"""compile with PyCF_ALLOW_TOP_LEVEL_AWAIT: what becomes a coroutine, and what stays an error."""
import ast
import asyncio
import types

FLAG = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
sources = ["await x", "async for a in b: pass", "async with a: pass", "[x async for x in y]", "def f(): await x", "lambda: await x",
           "class A:\n await x", "def f():\n async for i in x: pass", "def f(): [x async for x in y]"]
for source in sources:
    for flags in 0, FLAG:
        try:
            print(repr(source), flags, compile(source, "?", "exec", flags).co_flags & 0x80)
        except SyntaxError as error:
            print(repr(source), flags, error)


async def give(value):
    return value


async def items():
    yield 1
    yield 2


names = {"give": give, "items": items}
asyncio.run(types.FunctionType(compile("a = await give(1)", "?", "exec", FLAG), names)())
asyncio.run(eval(compile("b = [a + x async for x in items()]", "?", "single", FLAG), names))
print(names["a"], names["b"], asyncio.run(eval(compile("await give(b)", "?", "eval", FLAG), names)))
