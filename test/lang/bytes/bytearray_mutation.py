a = bytearray(b"hello")
a[0] = 72
a[1:3] = b"EYY"
a.append(33)
a.extend([65, 66])
a += b"cd"
print(a, len(a), a.pop(), a.pop(0), a)
a.insert(0, 90)
a.remove(66)
a.reverse()
del a[::2]
print(a, a.copy() == a, a * 2, bytes(a), a == bytes(a), a.find(b"Y"))
a.clear()
print(a, bytearray(3), bytearray([1, 2]), bytearray("é", "latin-1"))
for bad in (lambda: a.append(256), lambda: a.append("x"), lambda: a.pop(), lambda: hash(a), lambda: bytearray(b"a").remove(5), lambda: a.extend("x"), lambda: a.__setitem__(0, 1)):
    try:
        bad()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
