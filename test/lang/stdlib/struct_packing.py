import struct

print(struct.pack("<ihB", 1, -2, 255), struct.pack(">Q", 2 ** 64 - 1), struct.pack("!3s2x?c", b"ab", True, b"z"), struct.pack("<f", 1.5), struct.pack("<d", -0.1), struct.pack("<5p", b"abc"), struct.calcsize("<bhiq"), struct.calcsize("bi"), struct.pack("<e", 0.5), struct.pack("3H", 1, 2, 3) == struct.pack("HHH", 1, 2, 3))
print(struct.unpack("<ihB", b"\x01\x00\x00\x00\xfe\xff\xff"), struct.unpack(">f", b"\x3f\x80\x00\x00"), struct.unpack("<2s?", b"hi\x01"), list(struct.iter_unpack("<H", b"\x01\x00\x02\x00")), struct.unpack_from("<H", b"\x00\x01\x02", 1))
b = bytearray(4)
struct.pack_into(">H", b, 1, 0x1234)
s = struct.Struct("<hh")
print(b, s.size, s.pack(1, 2), s.unpack(b"\x01\x00\x02\x00"), s.format)
for bad in (lambda: struct.pack("<B", 256), lambda: struct.pack("<h", "x"), lambda: struct.unpack("<i", b"abc"), lambda: struct.pack("<i"), lambda: struct.pack("z", 1), lambda: struct.pack("<i", 1, 2), lambda: struct.pack("<i", 1.5), lambda: struct.pack("3s", "str"), lambda: struct.unpack_from("<i", b"ab")):
    try:
        bad()
    except struct.error as error:
        print(error)
