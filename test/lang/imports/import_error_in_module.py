import sys

try:
    import _broken
except ZeroDivisionError as error:
    print("error passes through", error)
print("_broken" in sys.modules)
try:
    import _broken
except ZeroDivisionError:
    print("run again")
try:
    import _bad_syntax
except SyntaxError as error:
    print(error.msg, error.lineno)
sys.modules["forbidden"] = None
try:
    import forbidden
except ImportError as error:
    print(error)
