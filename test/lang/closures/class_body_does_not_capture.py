x = "global"


def f():
    x = "function"

    class C:
        y = x
        x = "class"
        z = x

        def method(self):
            return x

        listed = [x for _ in range(1)]

    return C


C = f()
print(C.y, C.x, C.z, C().method(), C.listed)


class D:
    n = 3
    squares = [i * i for i in range(n)]


print(D.squares)
try:
    class E:
        n = 3
        bad = [n for i in range(2)]
except NameError as error:
    print(error)
