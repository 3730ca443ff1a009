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
        self.r = 1.0
        self.a = a
    def area(self):
        return self.a * 3.0

def total(shapes):
    s = 0.0
    for x in shapes:
        s += x.area()
    return s

def sides(shapes):
    s = 0
    for x in shapes:
        s += x.a
    return s
