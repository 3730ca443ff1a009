# contextvars: values by context, tokens, errors; queue.SimpleQueue between threads.
import contextvars, queue, re, threading

def text(e):
    return re.sub("0x[0-9a-f]+", "0x", f"{type(e).__name__}: {e}")

v = contextvars.ContextVar("v", default=1)
w = contextvars.ContextVar("w")
print(v.get(), v.get(5), v.name, text(v))
t = v.set(2)
print(v.get(), t.old_value, t.var is v, text(t))
ctx = contextvars.copy_context()
def inside(x, *, y):
    v.set(x)
    w.set(y)
    return v.get(), w.get()
print(ctx.run(inside, 10, y=20), v.get(), ctx[v], ctx[w], v in ctx, len(ctx), sorted(x.name for x in ctx))
print(w in contextvars.copy_context(), ctx.get(w), ctx.get(w, 3), contextvars.Context().get(w, 3))
v.reset(t)
print(v.get(), text(t), ctx == ctx.copy(), ctx == contextvars.Context())
for call in (lambda: w.get(), lambda: v.reset(t), lambda: w.reset(w.set(1)) or v.reset(w.set(1)), lambda: v.reset(3), lambda: ctx["x"],
             lambda: contextvars.Context()[v], lambda: contextvars.Context(1), lambda: contextvars.Token(), lambda: ctx.run(),
             lambda: ctx.run(lambda: ctx.run(print)), lambda: contextvars.ContextVar(1), lambda: v.reset(ctx.run(v.set, 1))):
    try:
        print(call())
    except Exception as e:
        print(text(e))
seen = []
thread = threading.Thread(target=lambda: seen.append(v.get("none")))
thread.start()
thread.join()
print(seen, sorted((k.name, x) for k, x in ctx.items()), contextvars.Token.MISSING, contextvars.ContextVar[int])

q = queue.SimpleQueue()
print(q.empty(), q.qsize())
for call in (lambda: q.get(False), lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: q.get(timeout=-1)):
    try:
        call()
    except Exception as e:
        print(type(e), e)
got = []
def taker():
    while (x := q.get()) is not None:
        got.append(x)
threads = [threading.Thread(target=taker) for _ in range(3)]
for thread in threads:
    thread.start()
for i in range(1000):
    q.put(i)
for thread in threads:
    q.put_nowait(None)
for thread in threads:
    thread.join()
print(sorted(got) == list(range(1000)), q.empty())
