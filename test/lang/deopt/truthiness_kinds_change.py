def count(items):
    yes = 0
    for x in items:
        if x:
            yes += 1
        while not x:
            yes -= 10
            break
    return yes


for _ in range(100):
    count([True, False, True])


class B:
    def __init__(self, v):
        self.v = v

    def __bool__(self):
        return self.v


class N:
    def __len__(self):
        return 0


print(count([True, False]), count([0, 1, -1, 2 ** 70]), count([0.0, -0.0, 0.1, float("nan")]), count(["", "a", b"", b"a"]), count([[], [0], {}, {0: 0}, (), set(), None, ...]), count([B(True), B(False), N(), object(), int, range(0), range(1), 0j]))
try:
    count([B(1)])
except TypeError as error:
    print(error)
