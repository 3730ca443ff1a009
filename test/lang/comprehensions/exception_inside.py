log = []


def f(x):
    log.append(x)
    if x == 3:
        raise ValueError("at %d" % x)
    return x


try:
    [f(x) for x in range(10)]
except ValueError as error:
    print(error, log)


def stop():
    return [next(it) for _ in range(5)]


it = iter([1, 2])
try:
    stop()
except StopIteration:
    print("StopIteration passes through a list comprehension")
try:
    list(next(iter([])) for _ in range(2))
except RuntimeError as error:
    print(error)
