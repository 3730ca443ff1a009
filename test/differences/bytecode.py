# Bytecode: code objects hold instructions of Krait's register machine, which modules dis and opcode know (an instruction can have several
# operands: `arg` is a tuple). co_code, co_exceptiontable and co_linetable have a format of their own, co_stacksize is the number of registers,
# co_consts and co_names list what this code needs; marshal and .pyc files of CPython cannot be read. code.replace() and types.CodeType()
# verify the bytecode they are given and raise ValueError where CPython would crash later. Modules that inspect functions by their
# attributes (inspect, dataclasses, typing) find what they look for.
import dis
import inspect


def add(a, b=1, *rest, key=None):
    total = a + b
    return total


code = add.__code__
print(code.co_varnames, code.co_argcount, code.co_kwonlyargcount, code.co_firstlineno, code.co_name)
print(inspect.signature(add), type(code.co_code).__name__)
for instruction in dis.get_instructions(add):
    print(instruction.opname, instruction.argrepr, instruction.positions.lineno - code.co_firstlineno)
print(dis.code_info(compile("a.b = 1", "name", "exec")))
try:
    code.replace(co_code=code.co_code[:-2])
except ValueError as error:
    print(str(error).split(": ", 2)[2])
