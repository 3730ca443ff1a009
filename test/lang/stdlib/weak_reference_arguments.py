# What weakref.ref and proxies take, and methods that proxies pass on.
import weakref
class C:
    def __bytes__(self): return b'x'
    def __len__(self): return 3
    def __reversed__(self): return iter([1,2])
c=C()
def t(f,*a,**k):
    try: print(f(*a,**k))
    except Exception as e: print(type(e).__name__, e)
p=weakref.proxy(c)
t(bytes,p); t(lambda: list(reversed(p))); t(weakref.ref, c, callback=None); t(weakref.ref); t(weakref.ref, c, None, 3); r=weakref.ref(c); t(r.__init__, 0,0,0,0,0); t(r.__init__, 0); t(r.__init__); t(r.__init__, c, None, x=1); t(weakref.ref, 3, None)
class R(weakref.ref):
    def __init__(self, o, cb=None, x=5): super().__init__(o, cb); self.x=x
t(lambda: R(c, x=7).x); t(lambda: R(c, None, 8).x)
class S(weakref.ref): pass
t(lambda: S(c, x=7))
t(lambda: '__reversed__' in dir(type(p)), )
t(lambda: sorted(x for x in vars(type(p)) ))
