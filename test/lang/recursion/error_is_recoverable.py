def f():
    f()


for i in range(3):
    try:
        f()
    except RecursionError:
        print("caught", i)


def g(n):
    try:
        return g(n + 1)
    except RecursionError:
        return "unwound"


print(g(0))


def h():
    try:
        h()
    finally:
        counter[0] += 1


counter = [0]
try:
    h()
except RecursionError:
    print(counter[0] > 500)
print(sum(range(100)), f"{1:5}", sorted([3, 1]))
