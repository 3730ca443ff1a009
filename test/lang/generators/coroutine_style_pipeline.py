def consumer(f):
    def start(*args):
        g = f(*args)
        next(g)
        return g
    return start


@consumer
def grep(pattern, target):
    while True:
        line = yield
        if pattern in line:
            target.send(line)


@consumer
def collect(into):
    while True:
        into.append((yield))


@consumer
def broadcast(targets):
    while True:
        item = yield
        for t in targets:
            t.send(item)


a, b = [], []
p = broadcast([grep("py", collect(a)), grep("a", collect(b))])
for word in ["python", "java", "pypy", "krait", "c"]:
    p.send(word)
print(a, b)
