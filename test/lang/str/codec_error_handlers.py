# Every built-in error handler, when encoding and when decoding.
for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass"):
    for text, encoding in (("aé😀b", "ascii"), ("a\udc80b", "utf-8"), ("aāb", "latin-1"), ("\ud800", "utf-16-le")):
        try:
            print(errors, ascii(text), text.encode(encoding, errors))
        except UnicodeEncodeError as error:
            print(errors, ascii(text), error)
    for data, encoding in ((b"a\xffb", "utf-8"), (b"\xe2\x82", "utf-8"), (b"\xed\xa0\x80", "utf-8"), (b"\x80", "ascii")):
        try:
            print(errors, data, ascii(data.decode(encoding, errors)))
        except (UnicodeDecodeError, TypeError) as error:
            print(errors, data, type(error).__name__, error)
