# record: train
import sys


limit = 10


def check(n):
    hits = 0
    for i in range(n):
        if i < limit:
            hits += 1
    return hits


for _ in range(200):
    check(30)
print(check(30))
if len(sys.argv) > 1:
    sys.exit()
limit = 20.5
print(check(30))
limit = 2 ** 80
print(check(30))


class Limit:
    def __gt__(self, other):
        return other % 3 == 0


limit = Limit()
print(check(30))
limit = "text"
try:
    check(1)
except TypeError as error:
    print(error)
