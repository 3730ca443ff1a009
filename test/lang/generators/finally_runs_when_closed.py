log = []


def g(name):
    try:
        yield name
    finally:
        log.append("closed " + name)


left = g("loop")
for value in left:
    break
print(log)
left.close()
print(log)
it = g("closed twice")
next(it)
it.close()
it.close()
print(log)
kept = g("returned")


def with_return():
    for x in kept:
        return x


print(with_return(), log)
kept.close()
print(log, list(kept))
never = g("never started")
never.close()
print("closed never started" in log)
