# record: train
import sys
class Empty:
    pass
class Slotted:
    __slots__ = ("v",)
class Sub(Empty):
    kind = 3
class P:
    def __init__(self, a):
        self._a = a
    @property
    def a(self):
        return self._a
    @a.setter
    def a(self, v):
        self._a = v
    @property
    def twice(self):
        return self.a * 2
def run(n):
    p = P(3)
    t = 0
    for i in range(n):
        e = Empty()
        e.x = i
        s = Slotted()
        s.v = e.x
        q = Sub()
        q.y = s.v
        p.a = i
        t += p.a + p.twice + q.y
    return t


for _ in range(300):
    run(3)
print(run(5))
if len(sys.argv) == 1:
    P.twice = property(lambda self: 100)
    print(run(5))
    P.a = 7
    try:
        print(run(5))
    except AttributeError as error:
        print(error)
    P.a = property(lambda self: self._a, lambda self, v: setattr(self, "_a", -v))
    print(run(5))

    def init(self):
        self.x = 1
        self.made = True

    Empty.__init__ = init
    print(run(5), Empty().made)
    del Empty.__init__
    Sub.__slots__ = ()
    Slotted.v = property(lambda self: 5, lambda self, v: None)
    print(run(5))
