# The native pickler and unpickler and those in Python write the same bytes and read each other's; errors have the same words.
import _pickle
import collections
import datetime
import io
import pickle
import sys

class P:
    def __init__(s): s.a=1; s.b=[1,2]; s.c=s
class S:
    __slots__='x','y'
class L(list): pass
class D(dict): pass
s=S(); s.x=1
l=L([1,2]); l.z=3
d=D(a=1)
rec=[]; rec.append(rec)
rt=([],); rt[0].append(rt)
obj=[None,True,False,1,-1,255,256,65535,65536,-2**31,2**31,2**63,-2**63,2**100,-2**100,-128,-129,2**2100,1.5,-0.0,1e300,1e-320,'','abc','é'*300,'\ud800x\n\\',b'',b'abc',b'x'*300,bytearray(b'zz'),(),(1,),(1,2),(1,2,3),(1,2,3,4),[],list(range(2500)),{},{i:i for i in range(1500)},{1,2},frozenset([1,2]),int,len,P,collections.OrderedDict(a=1),datetime.date(2020,1,2),range(3),slice(1,2),type(None),type(...),...,NotImplemented,rec,collections.deque([1]),l,d,1j]
for p in range(6):
    a=_pickle.dumps(obj,p); b=pickle._dumps(obj,p)
    r1=_pickle.loads(a); r2=pickle._loads(a); r3=_pickle.loads(b)
    assert repr(r1)==repr(r2)==repr(r3), p
    print(p, a == b)
    x=_pickle.loads(_pickle.dumps(P(),p)); assert x.c is x and x.b==[1,2]
    if p>1:
        y=_pickle.loads(_pickle.dumps(s,p)); assert y.x==1
    q=_pickle.loads(_pickle.dumps(rt,p)); assert q[0][0] is q
    f=io.BytesIO(); _pickle.dump([1,2],f,p); _pickle.dump('b'*100000,f,p); f.seek(0); print(_pickle.load(f), len(_pickle.load(f)), f.read())
    f=io.BufferedReader(io.BytesIO(f.getvalue())); print(_pickle.load(f), len(_pickle.load(f)), f.read())
for bad in (b'', b'.', b'N', b'\x80\x09', b'zz', b'\xffz', b'(.', b'h\x01.', b'0.', b'e.', b'\x95\xff\xff\xff\xff\xff\xff\xff\xff.', b'cno\nx\n.', b'cos\nnox\n.','x'):
    try: _pickle.loads(bad); print('?')
    except Exception as e: print(type(e).__name__, e)
for o in (lambda: 1, sys, sys._getframe()):
    try: _pickle.dumps(o)
    except Exception as e: print(type(e).__name__, str(e)[:20])
