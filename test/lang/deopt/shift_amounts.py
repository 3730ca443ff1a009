# record: train
import sys


def sh(x, n):
    return x << n, x >> n


for _ in range(200):
    sh(5, 3)
if len(sys.argv) > 1:
    sys.exit()
print(sh(5, 3), sh(1, 61), sh(1, 62), sh(1, 63), sh(1, 64), sh(-1, 62), sh(-1, 63), sh(3, 60), sh(-3, 61), sh(0, 1000), sh(5, 0), sh(2 ** 70, 5), sh(True, True), sh(2 ** 62, 62), sh(-2 ** 62, 61), sh(1, 200))
for bad in ((1, -1), (1, 1.0), (1.0, 1), ("a", 1)):
    try:
        sh(*bad)
    except (ValueError, TypeError) as error:
        print(error)
