def f(n):
    t = 0
    i = 0
    while i < n:
        t += i * 2
        i += 1
    return t

def g(xs):
    s = 0.0
    for x in xs:
        try:
            s = s + x / 3
        except ZeroDivisionError as e:
            print(e)
        finally:
            s += 1
    return s

def gen(n):
    for i in range(n):
        y = yield i
    yield from gen(3)

class V:
    def __init__(self, x, y=2):
        self.x = x
        self.y = y
    def dot(self, o):
        return self.x * o.x + self.y * o.y

def main():
    a = V(1, 2)
    for i in range(10):
        a = V(a.dot(a), i)
    def h(): return a
    return h, [q for q in range(3)], {1: 2}, f"{a} {i!r:>3}"
