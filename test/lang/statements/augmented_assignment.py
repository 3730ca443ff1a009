x = 10
x += 5; print(x)
x -= 3; print(x)
x *= 2; print(x)
x //= 5; print(x)
x **= 3; print(x)
x %= 50; print(x)
x <<= 3; print(x)
x >>= 1; print(x)
x |= 1; print(x)
x &= 0b1101; print(x)
x ^= 7; print(x)
x /= 4; print(x)
a = b = [1]
a += [2]
print(b)
a = a + [3]
print(b)
t = ([1],)
try:
    t[0] += [2]
except TypeError as error:
    print(error, t)
