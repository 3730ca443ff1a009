class Pt:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.d = {"k": [10, 20], 5: "int key"}

    def __format__(self, spec):
        return "%s/%s/%s" % (self.x, self.y, spec or "none")


p = Pt(1, 2)
print("{0.x} {0.y} {0.d[k][1]} {0.d[5]} {p.d[k]} {0:spec} {0}".format(p, p=p))
print("{:>{w}} {:{a}{w}} {:{}}".format("r", "l", "z", 5, w=4, a="^"))
print("{!r} {!s} {!a}".format("é", "é", "é"))
print("{a[x]} {a[-1]} {b[0]}".format(a={"x": 1, "-1": 2}, b="str"))
print("%s".__mod__((1,)), "{}".format(None), "{:}".format([1]), "{0:%Y}".format(__import__("datetime").date(2024, 1, 1)))
print("{:,} {:_} {:.3} {:+} {:%} {:#b} {:e}".format(1234567, 1234567, "abcdef", 5, 0.5, 5, 12345.678))
print("{0}{1}{0}".format("a", "b"), "{}{x}{}".format(1, 2, x="k"), "{{{}}}".format("in"), "{:}{:}".format(1, 2))
for bad in ("{0.nope}", "{0[nope]}", "{:d}", "{1}", "{x}", "{0.d[missing]}"):
    try:
        print(bad.format(p if "0" in bad else "text"))
    except (AttributeError, KeyError, IndexError, ValueError, TypeError) as error:
        print(bad, type(error).__name__, error)
