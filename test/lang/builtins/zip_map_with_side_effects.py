log = []


def src(name, n):
    for i in range(n):
        log.append(name + str(i))
        yield i
    log.append(name + " end")


print(list(zip(src("a", 3), src("b", 2))), log)
log.clear()
print(list(zip(src("a", 2), src("b", 3))), log)
log.clear()
print(list(map(lambda x, y: x * y, src("a", 2), src("b", 2))), log)
log.clear()
it = iter([1, 2, 3, 4])
print(next(filter(lambda x: log.append(x) or x > 1, it)), log, list(it))
log.clear()
print(any(log.append(x) or x for x in [0, 0, 5, 6]), log)
print(sorted(src("s", 3), key=lambda v: log.append("key%d" % v) or -v), log[-3:])
e = enumerate(src("e", 2), 10)
print(next(e), list(e), max(src("m", 3), default=None), dict(zip("ab", src("z", 5))), log[-1])
