# Encodings by table: every character there and back, faults and their handlers, piece by piece and in streams.
import codecs
import hashlib
import io
import random

for encoding in "gb2312 gbk gb18030 big5 cp950 euc_jp shift_jis cp932 euc_kr cp949 johab big5hkscs euc_jis_2004 shift_jisx0213".split():
    digest = hashlib.md5()
    for c in [*range(0xD800), *range(0xE000, 0x10000), 0x10000, 0x1F600, 0x20089, 0x10FFFF]:
        digest.update(chr(c).encode(encoding, "replace"))
    chance = random.Random(1)
    for _ in range(2000):
        digest.update(chance.randbytes(chance.randint(1, 6)).decode(encoding, "replace").encode("utf-8"))
    data = "\u3042\u4e2dA\u56fd\u3002".encode(encoding, "ignore")
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces = [decoder.decode(bytes([byte])) for byte in data]
    lines = io.TextIOWrapper(io.BytesIO(data + b"\n" + data), encoding=encoding).readlines()
    print(encoding, digest.hexdigest(), ascii(pieces), ascii(lines))
    for bad in b"\x81", b"a\xff\xff", b"\x81\x20":
        try:
            print(ascii(bad.decode(encoding)))
        except UnicodeError as error:
            print(error)
    try:
        "a\u1234".encode("gbk")
    except UnicodeError as error:
        print(error)
    print("a\u0e01b".encode(encoding, "xmlcharrefreplace"), ascii(codecs.getreader(encoding)(io.BytesIO(data)).read()))
