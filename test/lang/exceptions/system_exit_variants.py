import sys

for make in (lambda: sys.exit(), lambda: sys.exit(5), lambda: sys.exit("message"), lambda: sys.exit(None), lambda: sys.exit((1, 2)), lambda: exit):
    try:
        make()
    except SystemExit as error:
        print(repr(error.code), error.args)
try:
    raise SystemExit
except BaseException as error:
    print(type(error).__name__, error.code, isinstance(error, Exception))
