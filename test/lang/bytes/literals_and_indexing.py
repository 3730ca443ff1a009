b = b"abc\x00\xff"
print(b, b[0], b[-1], b[1:3], b[::-1], len(b), list(b), b"a" in b, 97 in b, 255 in b)
print(bytes(3), bytes([1, 2]), bytes("é", "utf-8"), bytes(b"x"), bytes(), bytes(range(3)), bytes(iter([65])))
for bad in (lambda: b[10], lambda: b["a"], lambda: bytes([256]), lambda: bytes([-1]), lambda: bytes("x"), lambda: bytes(-1), lambda: bytes(1.5), lambda: 256 in b, lambda: "a" in b, lambda: b + "x", lambda: bytes([1.5]), lambda: bytes("a", "utf-8", "x", 1)):
    try:
        print(bad())
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)
