# Class methods and static methods of built-in classes, looked up on instances.


def look_up():
    d, text, data = {}, "x", b"y"
    print(d.fromkeys("abc"), d.fromkeys([1], 2))
    print(text.maketrans("a", "b"), data.maketrans(b"a", b"b")[97])
    print((1).from_bytes(b"\1", "big"), (1.0).fromhex("0x1"), data.fromhex("00"), bytearray().fromhex("01"))


for _ in range(3):
    look_up()
