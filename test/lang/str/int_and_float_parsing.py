for s in ("42", " -7 ", "+5", "1_000", "0", "-0", "٣", "００7", "0x1f", "1__0", "_1", "", " ", "1.5", "12a", "\u2003 5\n", "1e5", "--1", "0b1", "９"):
    try:
        print(ascii(s), int(s))
    except ValueError as error:
        print(error)
for s, base in (("ff", 16), ("0xff", 16), ("0xff", 0), ("0o17", 0), ("0b11", 0), ("z", 36), ("12", 3), ("010", 0), ("0", 0), ("1010", 2), ("-0x1A", 16), ("8", 8)):
    try:
        print(s, base, int(s, base))
    except ValueError as error:
        print(error)
for s in ("1.5", "-1e-3", " 2. ", ".5", "1_0.5_0", "inf", "-Infinity", "nan", "1e400", "1e-400", "", "1.5.", "0x1p3", "e5", "１.５", "1e", "+-1"):
    try:
        print(ascii(s), float(s))
    except ValueError as error:
        print(error)
