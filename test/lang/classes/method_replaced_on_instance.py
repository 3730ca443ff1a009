class C:
    def m(self):
        return "class"

    def call(self):
        return self.m()


c, d = C(), C()
c.m = lambda: "instance"
print(c.m(), c.call(), d.call())
del c.m
print(c.call())
C.m = lambda self: "new class"
print(c.call(), d.call())
import types

d.m = types.MethodType(lambda self: "bound %s" % type(self).__name__, d)
print(d.call(), c.call())
