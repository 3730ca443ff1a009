import gc
import weakref


class C:
    pass


c = C()
r = weakref.ref(c)
print(r() is c, weakref.getweakrefcount(c))
p = weakref.proxy(c)
c.x = 5
print(p.x)
w = weakref.WeakValueDictionary()
w["k"] = c
print(w["k"] is c, len(w))
try:
    weakref.ref(5)
except TypeError as error:
    print(error)
print(isinstance(r, weakref.ReferenceType), r == weakref.ref(c), hash(r) == hash(c))
