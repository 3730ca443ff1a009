if (n := len("hello")) > 3:
    print("long", n)
data = [y := 1, y ** 2, y ** 3]
print(data, y)
print([last := i for i in range(4)], last)
print(any((hit := v) > 10 for v in [1, 20, 30]), hit)
while (chunk := data.pop() if data else None) is not None:
    print("chunk", chunk)
print((a := 1, b := a + 1), a, b)


def f(x, y=(z := 7)):
    return x + y


print(f(1), z, f((w := 4), y=(v := 5)), w, v)
