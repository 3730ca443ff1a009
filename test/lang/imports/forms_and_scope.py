def f():
    import math as m
    from os.path import join, basename as base
    return m.floor(1.5), join("a", "b"), base("x/y")


print(f(), "m" in globals())


class C:
    import math

    def m(self):
        return self.math.pi > 3


print(C().m(), C.math.__name__)
import os.path, sys as system, math

print(os.sep, system.byteorder in ("little", "big"), math.inf)
import os.path as osp

print(osp.join("a", "b"), osp is os.path)
try:
    exec("from math import *\nprint(sqrt(16))")
    exec("def f():\n from math import *")
except SyntaxError as error:
    print(error.msg)
print(__import__("math").gcd(12, 18), __import__("os.path").__name__, __import__("os.path", fromlist=["join"]).__name__ in ("posixpath", "ntpath"))
