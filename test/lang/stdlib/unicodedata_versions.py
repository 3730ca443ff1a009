# Both versions of the database, names, aliases, sequences and normal forms, as digests over all characters.
import hashlib
import unicodedata


def digest(items):
    return hashlib.md5("\n".join(map(repr, items)).encode()).hexdigest()


CHARS = [chr(c) for c in range(0, 0x110000, 7)] + [chr(c) for c in range(0x3400) if c % 7]
for data in (unicodedata, unicodedata.ucd_3_2_0):
    print(data.unidata_version)
    for name in ("category", "bidirectional", "combining", "mirrored", "east_asian_width", "decomposition"):
        print(name, digest(map(getattr(data, name), CHARS)))
    for name in ("decimal", "digit", "numeric", "name"):
        print(name, digest(getattr(data, name)(c, None) for c in CHARS))
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        print(form, digest(data.normalize(form, c + "\u0315\u0300\u05ae\u0301b") for c in CHARS))
    for name in ("NUL", "ZWJ", "keycap digit one", "LATIN SMALL LETTER GHA", "euro sign", "Bitcoin sign", "VS256", "hangul syllable ga",
                 "HANGUL SYLLABLE GA", "CJK UNIFIED IDEOGRAPH-4E00", "CJK UNIFIED IDEOGRAPH-4e00", ""):
        try:
            print(name, ascii(data.lookup(name)))
        except KeyError as error:
            print("KeyError", error)
print("\N{NEL}\N{vs17}\N{Latin Small Letter Gha}\N{HANGUL SYLLABLE GA}".encode("unicode_escape"))
for text in (r'"\N{keycap digit one}"', r'"\N{hangul syllable ga}"', r'"\N{nothing}"'):
    try:
        print(eval(text))
    except SyntaxError as error:
        print(error)
print(type(unicodedata.ucd_3_2_0), "\u1e9b\u0323".encode("ascii", "namereplace"), "stra\xdfe.de".encode("idna"))
