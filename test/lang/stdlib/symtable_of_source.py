# The front end's scopes as _symtable shows them, and the module symtable on top.
import _symtable
def show(e,d=0):
    print(' '*d,e.name,e.type,e.nested,e.lineno,e.symbols,e.varnames)
    for c in e.children: show(c,d+2)
show(_symtable.symtable("""def f(a,*,b=1,**kw):
  global g
  x: int=a
  class C(object):
    y=1
    def m(self): return super().m() + __class__ + x
    def __priv(self): return self.__q
  return lambda q: a
z=[i for i in f if (w:=i)]
import os.path as p, sys
from a import *
async def co():
  async for k in z: yield k
  {k:v for k,v in z}; {u for u in z}; (u for u in z for _ in u)
  def inner():
    nonlocal z2
    z2 = 1
  z2=0
try: pass
except E as e: pass
class D(metaclass=M):
  n: int
  def g(s): return n
  @property
  def n2(s, t=[j for j in n]): pass
match z:
  case {'a': aa, **rest}: pass
  case [bb, *cc] | D(dd=bb, ee=cc): pass
del z
with a as b, c: pass
for q in z: print(q)
""","<f>","exec"))
for a in ((1,'f','exec'),('x','f','foo'),('x y','f','exec'),(b'x=1','f','exec'),('x','f','single'),('1','f','eval'),('a\0','f','exec'),('def f():\n nonlocal x','f','exec'),('def f(a,a): pass','f','exec')):
    try: show(_symtable.symtable(*a))
    except Exception as e: print(type(e).__name__,e)
import symtable

table = symtable.symtable("def f(a):\n  import sys\n  global sys\n  return lambda: a\n", "<f>", "exec").get_children()[0]
print(table, table.get_parameters(), table.get_locals(), table.get_frees(), table.get_globals(), table.is_nested())
print([(s.get_name(), s.is_local(), s.is_imported(), s.is_global()) for s in table.get_symbols()])
