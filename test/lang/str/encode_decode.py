s = "aé日😀"
for codec in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-8-sig"):
    b = s.encode(codec)
    print(codec, b, b.decode(codec) == s)
for errors in ("ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace"):
    print(errors, s.encode("ascii", errors), s.encode("latin-1", errors))
for errors in ("ignore", "replace", "backslashreplace", "surrogateescape"):
    print(errors, ascii(b"a\xff\xe9b\xe6\x97".decode("utf-8", errors)), ascii(b"\x80".decode("ascii", errors)))
for bad in (lambda: s.encode("ascii"), lambda: b"\xff".decode(), lambda: b"\xc3".decode(), lambda: b"\xed\xa0\x80".decode(), lambda: "\ud800".encode(), lambda: "x".encode("nope"), lambda: b"\x00".decode("utf-16"), lambda: "日".encode("latin-1")):
    try:
        bad()
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error)
print(b"\xe9".decode("latin-1"), "\ud800".encode("utf-8", "surrogatepass"), str(b"abc", "ascii"), str(b"x"), bytes("é", "utf-8"))
