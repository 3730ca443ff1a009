class Base:
    def area(self):
        return 0

class Square(Base):
    def __init__(self, a):
        self.a = a
    def area(self):
        return self.a * self.a

class Disc(Base):
    def __init__(self, a):
        self.r = 1
        self.a = a
    def area(self):
        return self.a * 3

def make(n):
    xs = []
    for i in range(n):
        xs.append(Square(i))
        xs.append(Disc(i + 1))
    return xs

def total(n):
    s = 0
    for x in make(n):
        s += x.area()
        x.a += 1
        s += x.a * 2
    return s
