class F:
    def __format__(self, spec):
        return "format(%r)" % spec

    def __str__(self):
        return "str"

    def __repr__(self):
        return "répr"


f = F()
print(f"{f} {f:abc} {f!s:>5} {f!r} {f!a} {f:{f}} {f:}")
print("{} {:x} {!r} {!s:>6}".format(f, f, f, f), format(f), format(f, "z"))


class Plain:
    def __str__(self):
        return "plain"


print(f"{Plain()} {Plain():}")
try:
    f"{Plain():>10}"
except TypeError as error:
    print(error)
for value, spec in ((5, "q"), ("s", "d"), (5, "s"), (1.5, "d"), ([], ">3"), ("s", "="), (5, ".2"), (5, "10.3d"), ("s", ","), (1j, "d"), ("s", "+"), (300000000, "c")):
    try:
        print(format(value, spec))
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
