def many(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20):
    return a1 + a10 * a20


print(many(*range(20)))
src = "def f(%s): return a0 + a299" % ", ".join("a%d" % i for i in range(300))
ns = {}
exec(src, ns)
print(ns["f"](*range(300)))
print(ns["f"](**{"a%d" % i: i for i in range(300)}))
print(max(*range(500)), "{}{}".format(*range(2)))
