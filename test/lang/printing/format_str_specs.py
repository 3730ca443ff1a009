for spec in ("", "s", "10", "<10", ">10", "^10", "*^11", ".2", "10.3", ">10.1s", "é^7", "0", "010"):
    print("%-7s" % spec, "|".join("[%s]" % format(v, spec) for v in ("", "abc", "naïve", "日本")))
print("{0} {1} {0} {name} {1!r:>5} {lst[1]} {d[key]} {o.real}".format("a", "b", name="n", lst=[1, 2], d={"key": "v"}, o=5))
print("{} {}".format(*"xy"), "{{}}".format(), "{:{}}|{:{w}.{p}}".format("a", 4, 3.14159, w=8, p=3))
for bad in ("{", "}", "{}{}", "{0}{}", "{a}", "{0.x}", "{0[z]}", "{!x}", "{:{:{}}}", "{0!}", "{5}"):
    try:
        print(bad.format("v"))
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        print(bad, type(error).__name__, error)
