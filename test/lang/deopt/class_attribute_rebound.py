# record: train
import sys


class Config:
    rate = 2

    def apply(self, n):
        return n * self.rate


def run(c, n):
    t = 0
    for i in range(n):
        t += c.apply(i)
        if i == 70:
            Config.rate = 3
        if i == 80:
            c.rate = 0.5
        if i == 90:
            del c.rate
            Config.rate = "x"
        if i == 92:
            Config.rate = 1
            t = 0
    return t


c = Config()
for _ in range(20):
    run(c, 60)
if len(sys.argv) > 1:
    sys.exit()
print(run(c, 75), Config.rate)
print(run(c, 85), vars(c))
del c.rate
try:
    run(c, 95)
except TypeError as error:
    print(error)
