# The collector's look for dead registers finds none in a compiled caller: what follows its frame is the next frame.
import gc

space = {"answer": 42}
exec("""
def collect():
    import gc
    gc.collect()
    return answer
""", space)
collect = space["collect"]


def caller(a, b, c):
    first = str(a) + str(b)
    second = first + str(c)
    return [collect(), first, second, collect(), {a: b, b: c}, (a, b, c)]


for n in range(3):
    print(caller(n, n + 1, n + 2))
