def g():
    yield 1
def h():
    yield 1
    return 5
for f in g, h:
    x = f(); next(x)
    try: next(x)
    except StopIteration as e: print(repr(e), e.value)
    x = f(); next(x)
    try: x.__next__()
    except StopIteration as e: print(repr(e), e.value)
    x = f(); next(x)
    try: x.send(None)
    except StopIteration as e: print(repr(e), e.value)
    print(list(f()), [*f()], next(iter(f())))
