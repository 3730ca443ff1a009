# HZ and ISO 2022: escape sequences, faults, piece by piece; codes for pairs of characters.
import codecs
import io
import random

NAMES = "hz iso2022_kr iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext".split()
POOL = "aA\n\\\xa5\u203e\uff61\u3042\u304b\u309a\u4e2d\u56fd\uac00\u8a9e\xe9\u03b1\u4e02\U00020089\u3231\u7bc0"
chance = random.Random(7)
for name in NAMES:
    for _ in range(25):
        text = "".join(chance.choice(POOL) for _ in range(chance.randint(1, 7)))
        data = text.encode(name, "ignore")
        print(name, ascii(text), data, ascii(data.decode(name)), text.encode(name, "replace"))
        if data:
            at = chance.randrange(len(data))
            broken = data[:at] + bytes([chance.choice(b"\x1b$B(J\x0e\x80\xa4!")]) + data[at + 1 :]
            print(ascii(broken.decode(name, "replace")))
            try:
                broken.decode(name)
            except UnicodeDecodeError as error:
                print(error)
        decoder = codecs.getincrementaldecoder(name)()
        print(ascii("".join(decoder.decode(data[i : i + 1]) for i in range(len(data)))))
        encoder = codecs.getincrementalencoder(name)("ignore")
        print(b"".join(encoder.encode(c) for c in text) + encoder.encode("", True))
    print(ascii(codecs.getreader(name)(io.BytesIO("\u4e2dab\n".encode(name))).read()))
for name in "euc_jis_2004", "shift_jisx0213", "big5hkscs":
    for text in "\u304b\u309a", "\u304b", "\u304bx", "\xca\u0304\xca", "\xe6\u0300":
        data = text.encode(name, "ignore")
        encoder = codecs.getincrementalencoder(name)("ignore")
        print(name, ascii(text), data, ascii(data.decode(name)), [encoder.encode(c) for c in text], encoder.encode("", True))
