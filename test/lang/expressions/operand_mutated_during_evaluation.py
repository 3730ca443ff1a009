x = 1
print(x + (x := 10) + x)


def bump():
    global x
    x += 100
    return x


print(x + bump() + x)
a = [1, 2]
print(a + (a := [3]) + a)


def f():
    i = 5
    t = (i, i := i + 1, i)
    return t, i


print(f())
i = 0
arr = [10, 20, 30]
i = arr[i] = 2
print(i, arr)
