class Manual:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration("manual result")
        return self.n

    def send(self, value):
        return "sent %s" % value


def g():
    r = yield from Manual()
    yield r


it = g()
print(next(it), it.send("x"), next(it), next(it))


def bad():
    yield from 5


try:
    next(bad())
except TypeError as error:
    print(error)


def plain():
    yield from range(3)
    yield from "ab"
    yield from {}


p = plain()
next(p)
try:
    p.send(1)
except AttributeError as error:
    print(error)
