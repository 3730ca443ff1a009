class Emitter:
    def __init__(self):
        self.handlers = {}

    def on(self, name, priority=0):
        def register(f):
            self.handlers.setdefault(name, []).append((priority, len(self.handlers.get(name, ())), f))
            self.handlers[name].sort(key=lambda h: h[:2])
            return f
        return register

    def emit(self, name, *args, **kw):
        results = []
        for _, _, f in list(self.handlers.get(name, ())):
            try:
                results.append(f(*args, **kw))
            except StopIteration:
                break
            except Exception as error:
                results.append("%s: %s" % (type(error).__name__, error))
        return results


e = Emitter()


@e.on("x", priority=5)
def last(v):
    return ("last", v)


@e.on("x")
@e.on("y")
def first(v, scale=1):
    return v * scale


e.on("x", 1)(lambda v: 1 / v)
e.on("y", 9)(lambda v, **kw: (_ for _ in ()).throw(StopIteration) if v is None else kw)
print(e.emit("x", 2), e.emit("x", 0), e.emit("y", "a", scale=3), e.emit("nothing"), e.emit("x", "s"))


def pipeline(*stages):
    def run(value):
        def call(i, v):
            return v if i == len(stages) else stages[i](v, lambda w: call(i + 1, w))
        return call(0, value)
    return run


log = []
run = pipeline(lambda v, nxt: nxt(v + 1) * 2, lambda v, nxt: log.append(v) or nxt(v), lambda v, nxt: "short" if v > 10 else nxt(v))
print(run(1), run(50), log, [run(i) for i in range(100)][-1], len(log))
