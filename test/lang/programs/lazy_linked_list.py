class Cons:
    def __init__(self, head, tail):
        self.head, self._tail = head, tail

    @property
    def tail(self):
        if callable(self._tail):
            self._tail = self._tail()
        return self._tail

    def __iter__(self):
        node = self
        while node is not None:
            yield node.head
            node = node.tail

    def map(self, f):
        return Cons(f(self.head), lambda: self.tail and self.tail.map(f))

    def filter(self, p):
        node = self
        while node is not None and not p(node.head):
            node = node.tail
        return node and Cons(node.head, lambda: node.tail and node.tail.filter(p))

    def take(self, n):
        out = []
        for x in self:
            if n <= 0:
                break
            out.append(x)
            n -= 1
        return out


def count(n=0):
    return Cons(n, lambda: count(n + 1))


def sieve(s):
    p = s.head
    return Cons(p, lambda: sieve(s.tail.filter(lambda n: n % p)))


print(count().take(5), count(1).map(lambda x: x * x).filter(lambda x: x % 2).take(5), sieve(count(2)).take(20))
fibs = Cons(0, lambda: Cons(1, lambda: add(fibs, fibs.tail)))


def add(a, b):
    return Cons(a.head + b.head, lambda: add(a.tail, b.tail))


print(fibs.take(15), Cons(1, None).map(str).take(3), list(Cons(1, Cons(2, None))))
