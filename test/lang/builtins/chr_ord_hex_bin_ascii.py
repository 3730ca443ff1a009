print(chr(97), chr(8364), chr(0x1F600), ord("a"), ord("€"), ord("😀"), ord(b"x"), hex(255), hex(-1), oct(64), bin(10), bin(-10), ascii("aé€😀\n'"), repr("é"), hash(""), chr(0) == "\x00", ord(chr(1114111)))
for bad in (lambda: chr(1114112), lambda: chr(-1), lambda: chr("a"), lambda: ord(""), lambda: ord("ab"), lambda: ord(5), lambda: hex(1.5), lambda: hex("a"), lambda: bin([]), lambda: chr(2 ** 70), lambda: ord(b"")):
    try:
        bad()
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
