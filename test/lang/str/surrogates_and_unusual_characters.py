s = "\ud83d\ude00"
print(len(s), s == "😀", ascii(s), s.encode("utf-16", "surrogatepass").decode("utf-16") == "😀", [hex(ord(c)) for c in s])
for t in ("\x00", "a\x00b", "\x7f", "\u200d", "e\u0301", "\u202e", "\U0010ffff"):
    print(ascii(t), len(t), ascii(t.upper()), t.isprintable(), ascii(t.strip()), t.isspace())
print("a\x00b" == "a", "a\x00b".split("\x00"), len("a\x00b"), "\x00" in "a\x00b", "a\x00b".replace("\x00", "-"), {"a\x00b": 1}["a\x00b"])
import unicodedata

print(unicodedata.normalize("NFC", "e\u0301") == "é", len(unicodedata.normalize("NFD", "é")), unicodedata.name("é"), unicodedata.lookup("BULLET"), unicodedata.category("A"), unicodedata.numeric("½"), unicodedata.normalize("NFKC", "ﬁ"))
try:
    print("\ud800".encode())
except UnicodeEncodeError as error:
    print(error.start, error.end, error.reason, error.encoding)
