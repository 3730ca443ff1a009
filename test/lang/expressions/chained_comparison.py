calls = []


def value(n):
    calls.append(n)
    return n


print(value(1) < value(2) < value(3), calls)
calls.clear()
print(value(1) > value(2) > value(3), calls)
calls.clear()
print(value(3) == value(3) != value(4) <= value(4) in [value(4)], calls)
print(1 < 2 > 1, 1 < 3 < 2, 1 == 1.0 == True)
print((1 < 2) < 2, 1 < (2 < 2))
x = 5
print(0 < x < 10 and not 0 < x < 3)
end = None
c = "c"
print("a" < "b" < c is not end)
