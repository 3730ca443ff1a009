for s in ("", "'", '"', "'\"", "\\", "\n", "a'b", 'a"b', "\x1b[0m", "é", "日本", "\ud800", "\U0001f600", "\u2028", "\xa0", "\xad", "\x85", "tab\t", "\u0301", "\U000e0001", "\ufeff"):
    print(ascii(s), ascii(repr(s)), len(s))
