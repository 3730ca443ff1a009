import sys


def forever(n):
    return forever(n + 1)


try:
    forever(0)
except RecursionError as error:
    print(error)


class Loop:
    def __getattr__(self, name):
        return getattr(self, name + "x")


try:
    Loop().a
except RecursionError as error:
    print("attribute", str(error)[:32])


class R:
    def __repr__(self):
        return repr(self)


try:
    repr(R())
except RecursionError as error:
    print("repr", str(error)[:32])
old = sys.getrecursionlimit()
sys.setrecursionlimit(200)
depth = 0


def count():
    global depth
    depth += 1
    count()


try:
    count()
except RecursionError:
    print(150 < depth < 200)
sys.setrecursionlimit(old)
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print(error)
