class C:
    def __init__(self):
        self.b = 1
        self.a = 2


c = C()
d = c.__dict__
print(d, list(d), c.__dict__ is d)
d["new"] = 3
print(c.new)
c.b = 10
print(d)
del d["a"]
print(hasattr(c, "a"))
c.__dict__ = {"fresh": 1}
print(c.fresh, hasattr(c, "b"), d)
c.__dict__["odd key!"] = 5
print(getattr(c, "odd key!"), vars(c))
try:
    c.__dict__ = 5
except TypeError as error:
    print(error)
print(type(C.__dict__).__name__)
try:
    C.__dict__["x"] = 1
except TypeError as error:
    print(error)


# The dictionary of an instance can be taken away, that of a native class's instances cannot.
class Plain:
    pass


class MyError(ValueError):
    pass


def function():
    pass


for thing in Plain(), function, ValueError(), MyError():
    thing.extra = 1
    try:
        del thing.__dict__
        print(thing.__dict__)
    except TypeError as e:
        print(type(thing).__name__, e)
