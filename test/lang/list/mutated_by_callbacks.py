class Evil:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return False


a = [1, 2, 3]
a[1] = Evil(a)
print(a.count(5), a)
b = [1, 2, 3, 4]
try:
    b.sort(key=lambda x: b.append(1) or x)
except ValueError as error:
    print(error, b)
c = [3, 2, 1]
seen = []
c.sort(key=lambda x: seen.append(list(c)) or x)
print(seen, c)
d = [1, 2, 3, 4]
print([d.pop() for x in d], d)
e = [1, 2, 3]
it = iter(e)
next(it)
e[:] = []
print(list(it))
e.extend([5, 6, 7])
print(list(it))
