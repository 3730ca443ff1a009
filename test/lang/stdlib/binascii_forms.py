# Hexadecimal, base64, uuencode, quoted-printable and checksums.
import binascii as b

for data in (b"", b"a", b"ab", b"hello world", bytes(range(40))):
    print(b.hexlify(data), b.b2a_base64(data), b.b2a_uu(data), b.b2a_qp(data), b.crc32(data), b.crc_hqx(data, 0))
    assert b.unhexlify(b.hexlify(data)) == b.a2b_base64(b.b2a_base64(data)) == b.a2b_uu(b.b2a_uu(data)) == data
print(b.hexlify(b"abcd", ":", 2), b.a2b_qp(b"a_b=3D=\nx=", header=True))
for bad in (lambda: b.unhexlify("0"), lambda: b.unhexlify("zz"), lambda: b.a2b_base64("YQ"), lambda: b.a2b_base64("Y"),
            lambda: b.b2a_uu(b"a" * 46), lambda: b.a2b_base64(b"=YQ", strict_mode=True)):
    try:
        bad()
    except ValueError as error:
        print(type(error).__name__, error)
