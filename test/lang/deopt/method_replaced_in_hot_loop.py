# record: train
import sys


class Counter:
    def __init__(self):
        self.n = 0

    def step(self):
        self.n += 1


def run(counter, times):
    for i in range(times):
        if i == times // 2:
            Counter.step = lambda self: setattr(self, "n", self.n + 100)
        counter.step()
    return counter.n


original = Counter.step
for _ in range(5):
    c = Counter()
    for _ in range(200):
        c.step()
print(run(Counter(), 1000))
if len(sys.argv) > 1:
    sys.exit()
print(run(Counter(), 10))
Counter.step = original
print(run(Counter(), 4))
