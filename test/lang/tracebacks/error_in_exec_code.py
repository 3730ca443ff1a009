# uncaught
source = """
def f():
    return 1 / 0

f()
"""
import traceback

try:
    exec(source)
except ZeroDivisionError:
    traceback.print_exc()
try:
    eval("1 + undefined", {})
except NameError:
    traceback.print_exc()
exec(compile(source, "<generated>", "exec"))
