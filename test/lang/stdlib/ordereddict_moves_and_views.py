# OrderedDict: moving, popping from both ends, views; partial flattened and pickled; fields of namedtuple; counting.
import functools, collections, pickle
p=functools.partial(int, base=2); print(p('101'), p, p.func, p.args, p.keywords)
q=functools.partial(p, '11'); print(q(), q.args)
q2=pickle.loads(pickle.dumps(q)); print(q2())
def f(*a, **k): return a, k
g=functools.partial(f,1,2,x=3); print(g(4,y=5), g(x=9), g())
od=collections.OrderedDict(a=1,b=2,c=3)
od.move_to_end('a'); print(od, list(reversed(od)), od.popitem(last=False), od)
od.move_to_end('a', last=False); print(od, od.keys(), od.items())
P=collections.namedtuple('P','x y'); print(P.x, P(1,2).x, P.x.__doc__)
print(collections.Counter('abracadabra'))
class OD(collections.OrderedDict): pass
o=OD(x=1); o.foo=3; print(o, pickle.loads(pickle.dumps(o)).foo, o|{'z':1})
d=collections.OrderedDict()
for i in range(100000): d[i]=i
for i in range(300000):
    d[i+100000]=1; d.popitem(last=False)
print(len(d), next(iter(d)))
