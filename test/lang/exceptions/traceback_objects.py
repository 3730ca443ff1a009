import sys


def a():
    b()


def b():
    raise ValueError("deep")


try:
    a()
except ValueError as error:
    tb = error.__traceback__
    chain = []
    while tb is not None:
        chain.append((tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno >= tb.tb_lineno))
        tb = tb.tb_next
    print(chain)
    saved = error
print(saved.__traceback__ is not None, type(saved.__traceback__).__name__)
e = ValueError("fresh")
print(e.__traceback__)
try:
    raise e.with_traceback(saved.__traceback__)
except ValueError as error:
    tb, n = error.__traceback__, 0
    while tb:
        n += 1
        tb = tb.tb_next
    print(n)
try:
    e.__traceback__ = 5
except TypeError as error:
    print(error)
try:
    e.__cause__ = 5
except TypeError as error:
    print(error)
e.__traceback__ = None
print(e.__traceback__)
