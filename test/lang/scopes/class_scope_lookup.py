x = "global"


class A:
    print(x)
    x = "class"
    print(x)
    del x
    print(x)

    def m(self):
        return x


print(A().m())


def f():
    x = "f"

    class B:
        print(x)
        x = x + "!"
        print(x)

    return B.x


print(f())
