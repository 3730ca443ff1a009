print("%d %i %u %5d|%-5d|%05d|%+d|% d" % (1, 2, 3, 4, 5, 6, 7, 8))
print("%x %X %#x %o %#o %c %c" % (255, 255, 255, 8, 8, 65, "z"))
print("%f %.2f %10.3f|%-10.1f|%e %E %g %G" % (1.5, 2.345, 3.14159, 2.5, 12345.678, 0.00012, 1e10, 1e-10))
print("%s %r %a %10s|%-10s|%.2s|%%" % ("s", "r'", "é", "right", "left", "cut"))
print("%(a)s %(b)05.1f %(a)r" % {"a": 1, "b": 2.25, "c": 3})
print("%*d|%-*d|%.*f" % (5, 1, 5, 2, 2, 3.14159), "%s" % (1,), "%s" % [1, 2], "%s %s" % ((1,), 2))
print("%d" % 3.99, "%d" % True, "%s" % None, "%5s%%" % 50, "%d" % (10 ** 25))
for fmt, arg in (("%d", "x"), ("%d %d", (1,)), ("%d", (1, 2)), ("%z", 1), ("%", 1), ("%(a)d", 5), ("%(a)d", {}), ("%c", "ab"), ("%x", 1.5), ("%c", -1), ("%s", ()), ("%(a", {}), ("%*d", ("x", 1))):
    try:
        print(fmt % arg)
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        print(fmt, type(error).__name__, error)
