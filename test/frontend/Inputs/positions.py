import os
class A(object):
    x: int = 1
    def f(self, a, b=os.path):
        return (a
                .foo(1)
                .bar(2, k=3))
def g(x, *y, **z):
    a.b.c = x[1]
    a.b += 1
    a[1] -= 2
    a \
      .bcd = 3
    del a.b, a[1]
    for i in foo(x):
        bar(*y, **z)
        q, *r = i
    while a < b < c and x:
        raise ValueError("x") from a
    try:
        f1(); f2()
    except ValueError as e:
        g1()
    except (A, B):
        raise
    else:
        h1()
    finally:
        z1()
    with a as b, c() as d.e:
        k()
    assert x, "msg" + y
    l = [p.q for p in x if p.r]
    s = {p + 1: q for p in x for q in p}
    t = f"{x.y!r:>{w}} {z}"
    return [*a, b], {**a, **b.c}, x[1:y.z]
async def h(x):
    await x.y()
    async for i in x.z:
        yield i
    async with a.b as c:
        k()
@deco(1)
@deco2
def m(x):
    match x:
        case [a, b.c, *d]: pass
        case {"k": v, **rest}: pass
        case A(x=1, y=z) | A(z): pass
@d.e
class Q(P, metaclass=M): pass
def gen():
    x = yield 1
    yield from x.y
    global zz
    zz = 1
    import a.b as c
    from x import y
    return lambda: x.y
def e():
    try:
        a()
    except* ValueError as x:
        b()
