class V:
    def __init__(self, x, y=2.0):
        self.x = x
        self.y = y
    def dot(self, o):
        return self.x * o.x + self.y * o.y

def main(n):
    s = 0.0
    for i in range(n):
        a = V(i, 1.5)
        s += a.dot(a)
    return s

def sieve(n):
    flags = [True] * n
    count = 0
    for i in range(2, n):
        if flags[i]:
            count += 1
            for j in range(i * i, n, i):
                flags[j] = False
    return count

def total(xs):
    t = 0
    for k, x in enumerate(xs):
        t += k * x
    return t
