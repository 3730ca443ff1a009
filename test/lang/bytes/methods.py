b = b"Hello, World"
print(b.upper(), b.lower(), b.title(), b.swapcase(), b.find(b"o"), b.find(111), b.rfind(b"o"), b.count(b"l"), b.replace(b"l", b"LL"), b.split(b", "), b.partition(b","))
print(b.startswith(b"He"), b.endswith((b"x", b"d")), b.strip(b"Hd"), b.center(16, b"*"), b.zfill(14), b.isalpha(), b"12".isdigit(), b"-".join([b"a", b"b"]), b"a\tb".expandtabs(4), b"a\nb".splitlines())
print(b.hex(), b.hex("-"), b.hex(":", 2), bytes.fromhex("48 65 6c"), b.translate(None, b"lo"), b.translate(bytes.maketrans(b"eo", b"EO")), b"%s %d %x" % (b"q", 5, 255), b.removeprefix(b"Hello"))
print(b"abc" < b"abd", b"a" + b"b", b"ab" * 2, hash(b"x") == hash(bytes([120])), b"a" == "a", sorted([b"b", b"a"]), b"\x00" < b"")
for bad in (lambda: bytes.fromhex("zz"), lambda: bytes.fromhex("4"), lambda: b"-".join(["a"]), lambda: b.find("o"), lambda: b"%s" % "x", lambda: b.replace("l", "x"), lambda: b"%d" % b"x"):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
