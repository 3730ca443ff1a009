# record: train
import sys


edge = 2 ** 62


def arith(a, b):
    return a + b, a - b, a * b, -a, abs(a), a // b, a % b, a << 1, a >> 1, a & b, a | b, a ^ b, ~a, a < b, a == b


for _ in range(200):
    arith(7, 3)
for a, b in ((edge - 1, 1), (-edge, 1), (-edge, -1), (edge, -edge), (edge - 1, edge - 1), (-edge, -edge), (2 ** 31, 2 ** 31), (3037000500, 3037000500), (-edge + 1, 2), (2 ** 63, 3), (-2 ** 63, -1)):
    print(arith(a, b))
x = edge - 3
out = []
for _ in range(6):
    x += 1
    out.append(x)
for _ in range(8):
    x -= 1
if len(sys.argv) > 1:
    sys.exit()
print(out, x, x == edge - 5)
y = -edge + 2
for _ in range(5):
    y -= 1
print(y, y + 5, y - 2 * y)
