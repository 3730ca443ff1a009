def f():
    try:
        raise KeyError('a')
    except Exception:
        yield
g = f()
g.send(None)
try:
    g.throw(ValueError)
except ValueError as e:
    print(repr(e.__context__))
def gen():
    try:
        assert 1
        yield
        raise TypeError()
    except:
        pass
    yield
def gen2():
    try:
        raise ValueError
    except ValueError:
        yield 1
        try:
            raise TypeError
        except TypeError as e:
            print(repr(e.__context__))
        yield 2
g = gen2(); next(g); next(g)
def gen3():
    try:
        yield
    except TypeError as e:
        print(repr(e.__context__))
try:
    raise ValueError("out")
except ValueError:
    g = gen3(); next(g)
    try:
        g.throw(TypeError)
    except StopIteration: pass
    g = gen3(); next(g)
    try: g.throw(TypeError())
    except StopIteration: pass
def gen4():
    print("h")
    try:
        raise TypeError()
    except TypeError as e:
        print(repr(e.__context__))
    yield
try:
    raise ValueError("out")
except ValueError:
    next(gen4())
