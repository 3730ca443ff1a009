def g(tag):
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print(tag, "exit")
        raise
    finally:
        print(tag, "finally")


a = g("a")
next(a)
a.close()
a.close()
print(list(a))
b = g("b")
b.close()
print(list(b))


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)


def returns():
    try:
        yield
    except GeneratorExit:
        return "ignored"


r = returns()
next(r)
print(r.close())
