# min() and max() of an int and what is known to be a float: not of one kind, and no reason to believe so.
LIMIT = 24 * 3600


class Clock:
    def __init__(self, now):
        self.now = now
        self.due = []

    def time(self):
        return self.now


def wait(clock, ready):
    timeout = None
    if ready:
        timeout = 0
    elif clock.due:
        when = clock.due[0]
        timeout = min(max(0, when - clock.time()), LIMIT)
    return timeout


clock = Clock(1.5)
for i in range(50):
    clock.due = [2.0 + i]
    a = wait(clock, False)
    clock.due = [0.5]
    b = wait(clock, False)
    c = wait(clock, True)
print(a, b, c)


def least(n, x):
    y = x + 0.5
    return min(n, y), max(n, y), min(y, n), max(y, 3)


for i in range(50):
    d = least(i, float(i % 7))
print(d)
