from math import gcd


class Fraction:
    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError("fraction with denominator 0")
        g = gcd(n, d) * (1 if d > 0 else -1)
        self.n, self.d = n // g, d // g

    def __add__(self, o):
        return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)

    def __sub__(self, o):
        return Fraction(self.n * o.d - o.n * self.d, self.d * o.d)

    def __mul__(self, o):
        return Fraction(self.n * o.n, self.d * o.d)

    def __truediv__(self, o):
        return Fraction(self.n * o.d, self.d * o.n)

    def __bool__(self):
        return self.n != 0

    def __repr__(self):
        return "%d/%d" % (self.n, self.d) if self.d != 1 else str(self.n)


def solve(rows):
    m = [[Fraction(v) for v in row] for row in rows]
    n = len(m)
    for i in range(n):
        pivot = next((r for r in range(i, n) if m[r][i]), None)
        if pivot is None:
            raise ValueError("singular")
        m[i], m[pivot] = m[pivot], m[i]
        m[i] = [v / m[i][i] for v in m[i]]
        for r in range(n):
            if r != i and m[r][i]:
                m[r] = [a - m[r][i] * b for a, b in zip(m[r], m[i])]
    return [row[-1] for row in m]


print(solve([[2, 1, 5], [1, 3, 10]]), solve([[0, 1, 2], [3, 0, 1]]))
hilbert = [[Fraction(1, i + j + 1) for j in range(8)] for i in range(8)]
print(sum((hilbert[i][7 - i] for i in range(8)), Fraction(0)))
try:
    solve([[1, 2, 3], [2, 4, 6]])
except ValueError as error:
    print(error)
