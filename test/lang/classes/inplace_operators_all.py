class N:
    def __init__(self, v):
        self.v = v

    def __repr__(self):
        return "N(%s)" % self.v


for name in "add sub mul matmul truediv floordiv mod pow lshift rshift and or xor".split():
    setattr(N, "__i%s__" % name, lambda self, o, name=name: N("%s %s= %s" % (self.v, name, o)))
    setattr(N, "__r%s__" % name, lambda self, o, name=name: "r" + name)
x = N(0)
x += 1; x -= 2; x *= 3; x @= 4; x /= 5; x //= 6; x %= 7; x **= 8; x <<= 9; x >>= 10; x &= 11; x |= 12; x ^= 13
print(x)
y = N(1)
print(5 + y, 5 - y, 5 * y, 5 @ y, 5 / y, 5 // y, 5 % y, 5 ** y, 5 << y, 5 >> y, 5 & y, 5 | y, 5 ^ y, [] + y, None | y)
z = 5
z += y
print(z)
try:
    y + 5
except TypeError as error:
    print(error)
