# Bytecode: code objects hold instructions of Krait's register machine. co_code is opaque, co_consts and co_names list what this code needs,
# marshal and .pyc files of CPython cannot be read, module dis knows CPython's instructions only, and programs that make or rewrite bytecode do
# not work (code.replace() of names, constants and positions does). `krait-dis` in the build folder prints Krait's instructions. Modules
# that inspect functions by their attributes (inspect, dataclasses, typing) find what they look for.
import inspect


def add(a, b=1, *rest, key=None):
    total = a + b
    return total


code = add.__code__
print(code.co_varnames, code.co_argcount, code.co_kwonlyargcount, code.co_firstlineno, code.co_name)
print(inspect.signature(add), type(code.co_code).__name__)
print(hasattr(code, "co_exceptiontable"))
