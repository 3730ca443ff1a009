def show(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class M(type):
    def __call__(cls, *a, **k):
        print('call', cls.__name__, a, k); return super().__call__(*a, **k)
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print('prep', name, bases, kw); return {}
    def __new__(mcs, name, bases, ns, **kw):
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
class X(metaclass=M, z=1):
    def __init__(self, a): self.a=a
print(X(3).a, type(X), isinstance(X, M))
class Base:
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw); cls.tag = tag
class D1(Base, tag='t'): pass
print(D1.tag)
class Desc:
    def __set_name__(self, o, n): self.n=n
    def __get__(self, o, t=None): return (self.n, o is None)
class HD:
    d = Desc()
print(HD.d, HD().d)
class Bad:
    def __set_name__(self, o, n): 1/0
try:
    class HB: b = Bad()
except RuntimeError as e: print(e, repr(e.__cause__))
class Sl:
    __slots__ = ('a', '__dict__', '__b')
s = Sl(); s.a=1; s.q=2; s._Sl__b=3
print(s.a, s.q, s._Sl__b, s.__dict__)
for bad in ("class Z(int): __slots__=('x',)", "class Z: __slots__=('a b',)", "class Z: __slots__=(1,)", "class Z:\n  __slots__=('a',)\n  a=1",
            "class Z(Sl): __slots__=('__dict__',)", "class Z(bool): pass", "class Z(1): pass", "class Z(type(None)): pass", "class Z(Base, y=1): pass","class Z(object, y=1): pass"):
    try: exec(bad); print('ok', bad)
    except Exception as e: print(type(e).__name__, e)
class A1: pass
class B1: pass
a = A1(); a.x = 5; a.__class__ = B1; print(type(a), a.x)
def f(): a.__class__ = int
show(f)
class P1: x=1
class P2: x=2
class Q(P1): pass
Q.__bases__=(P2,); print(Q.x, Q.__mro__)
show(lambda: setattr(Q,'__bases__',()))
show(lambda: setattr(Q,'__bases__',(Q,)))
show(lambda: setattr(Q,'__name__',1))
show(lambda: setattr(int,'foo',1))
Q.__name__='QQ'; Q.__qualname__='q.Q'; print(Q, Q.__name__)
print(type('T', (), {'a':1})().a, type(1), type(type))
print(int|str, list[int], (int|None), dict[str,int])
show(lambda: isinstance(1, list[int]))
show(lambda: isinstance(1, 1))
show(lambda: issubclass(1, int))
print(isinstance(True, (str, (int,))), isinstance('a', int|str), issubclass(bool, int|str))
class GA:
    def __getattr__(self, n): return 'ga'+n
    def __getattribute__(self, n):
        if n=='zz': return 'zz!'
        return super().__getattribute__(n)
g=GA(); g.k=1
print(g.k, g.zz, g.missing)
class SA:
    def __setattr__(self, n, v): super().__setattr__(n, v*2)
    def __delattr__(self, n): print('del', n); super().__delattr__(n)
sa=SA(); sa.v=4; print(sa.v); del sa.v; show(lambda: sa.v)
class C:
    def __call__(self, *a, **k): return a,k
    def __len__(self): return 3
    def __bool__(self): return False
    def __getitem__(self, i):
        if isinstance(i,int) and i>4: raise IndexError(i)
        return i
    def __contains__(self, x): return x==9
    def __eq__(self, o): return True
    def __hash__(self): return 42
    def __add__(self, o): return 'add'
    def __radd__(self, o): return 'radd'
    def __iadd__(self, o): return 'iadd'
    def __neg__(self): return 'neg'
    def __index__(self): return 2
    def __int__(self): return 5
    def __float__(self): return 2.5
    def __lt__(self, o): return 'lt'
    def __repr__(self): return '<C>'
    def __format__(self, s): return 'fmt'+s
    def __matmul__(self, o): return '@'
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __divmod__(self, o): return 'dm'
c=C()
print(c(1,a=2), len(c), bool(c), c[1:2], 9 in c, 8 in c, c==1, hash(c), c+1, 1+c, -c, [10,20,30][c], int(c), float(c), c<1, 1>c, str(c), f'{c:x}', c@1, c**2, pow(c,2,3), divmod(c,1))
d=c; d+=1; print(d)
print(list(C()) , [*C()])
class NL: __len__ = lambda s: -1
show(lambda: len(NL()))
class NB: __bool__ = lambda s: 1
show(lambda: bool(NB()))
class NH: __eq__ = lambda s,o: True
show(lambda: hash(NH()))
class NI: __iter__=None; __contains__=None
show(lambda: iter(NI()))
show(lambda: 1 in NI())
class It:
    def __iter__(self): return 1
show(lambda: [x for x in It()])
print(int.__add__.__name__, int.__add__.__qualname__, [].append.__qualname__, int.__dict__['real'].__name__, list.append.__objclass__)
show(lambda: object(1)); show(lambda: A1(1)); show(lambda: object.__new__(int)); show(lambda: int.__new__(str)); show(lambda: object.__new__())
show(lambda: int.__add__('a', 1)); show(lambda: int.__add__()); show(lambda: (1).__add__(1,2)); show(lambda: [].append(1,2)); show(lambda:list.append()); show(lambda: list.append(1))
show(lambda: [1]<1); show(lambda: -[]); show(lambda: [1]+1); show(lambda: len(1))
