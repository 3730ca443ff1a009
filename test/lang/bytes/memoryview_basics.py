b = bytearray(b"abcdef")
m = memoryview(b)
print(m[0], m[1:3].tobytes(), len(m), m.format, m.itemsize, m.readonly, m.tolist(), m[-1], bytes(m[::2]))
m[0] = 65
m[1:3] = b"XY"
print(b, m == b, m[::-1].tobytes(), m.nbytes, memoryview(b"q").readonly)
try:
    b.append(1)
except BufferError as error:
    print(error)
m.release()
b.append(1)
print(b)
for bad in (lambda: m[0], lambda: memoryview(b"x").__setitem__(0, 1), lambda: memoryview("s"), lambda: memoryview(b"x")[5]):
    try:
        bad()
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
with memoryview(b"with") as w:
    print(w.hex(), w.contiguous)
