it = iter(range(10))
for x in it:
    if x % 3 == 0:
        print("skip", next(it, None))
    else:
        print(x)
pairs = iter("abcdef")
print([a + b for a, b in zip(pairs, pairs)])


def chunks(it, n):
    while chunk := [x for _, x in zip(range(n), it)]:
        yield chunk


print(list(chunks(iter(range(7)), 3)))
l = [1, 2, 3]
i1, i2 = iter(l), iter(l)
print(next(i1), next(i1), next(i2), list(i1), list(i2))
import copy

i3 = iter([1, 2, 3])
next(i3)
print(list(copy.copy(i3)), list(i3))
