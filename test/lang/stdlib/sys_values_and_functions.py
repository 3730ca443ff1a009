import sys

print(sys.version_info, sys.version_info >= (3, 8), sys.version_info[:2])
print(sys.float_info, sys.int_info, sys.hash_info)
print(sys.maxsize, sys.byteorder, sys.maxunicode, sys.platform, len(sys.stdlib_module_names))
info = type(sys.version_info)
print(info.__match_args__, info.n_fields, info.n_sequence_fields, sys.version_info.__reduce__()[1])
try:
    info()
except TypeError as error:
    print(error)
try:
    1 / 0
except ZeroDivisionError as error:
    print(sys.exc_info()[:2] == (ZeroDivisionError, error), sys.exception() is error)
print(sys.exc_info(), sys.exception())


def caller():
    return sys._getframe(1).f_code.co_name


def outer():
    return caller()


print(outer())
for action in (lambda: sys._getframe(100), lambda: sys.setrecursionlimit(0), lambda: sys.setrecursionlimit("x"),
               lambda: sys.set_int_max_str_digits(5), lambda: sys.setswitchinterval(0), lambda: sys.set_asyncgen_hooks(3)):
    try:
        action()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(sys.intern("abc") is sys.intern("ab" + "c"), sys.get_asyncgen_hooks())
events = []
sys.addaudithook(lambda event, args: events.append((event, args)) if event.startswith("my.") else None)
sys.audit("my.event", 1, 2)
print(events)
for status in ((), (None,), (3,), ((1, 2),), ("text",)):
    try:
        sys.exit(*status)
    except SystemExit as stop:
        print(stop.code, stop.args)
print(sys.flags.optimize, sys.flags.isolated, sys.implementation.version == sys.version_info)
