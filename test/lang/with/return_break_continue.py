class C:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        print("exit", end=" ")


def f():
    for i in range(5):
        with C():
            if i == 0:
                continue
            if i == 2:
                break
            print("body", i, end=" ")
    with C():
        with C():
            return "returned"


print(f())


def g():
    with C():
        yield 1
        yield 2


for x in g():
    print(x, end=" ")
print()
it = g()
next(it)
it.close()
print()


def h():
    try:
        with C():
            raise ValueError
    except ValueError:
        return "handled"
    finally:
        print("finally", end=" ")


print(h())
