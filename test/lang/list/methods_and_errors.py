a = [3, 1, 2]
a.append([4])
a.extend("ab")
a.insert(0, "first")
a.insert(100, "last")
a.insert(-1, "before last")
print(a, a.index("a"), a.count(3), a.pop(), a.pop(0), a.pop(-2))
a.remove([4])
print(a, a.copy() is a, a.copy() == a)
a.reverse()
print(a)
a.clear()
print(a, a.extend([]), a)
b = [1, 2, 3, 2]
print(b.index(2), b.index(2, 2), b.index(2, -1), b.index(3, 0, 3))
for bad in (lambda: [].pop(), lambda: b.remove(9), lambda: b.index(2, 0, 1), lambda: b.insert("x", 1), lambda: b.extend(5), lambda: b.pop(99), lambda: b.pop("x"), lambda: b[99], lambda: b["x"], lambda: b + (1,), lambda: b * 1.5, lambda: b < 5, lambda: b.index(1, 1)):
    try:
        bad()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
