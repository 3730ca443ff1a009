samples = ["", "abc", "ABC", "Abc Def", "123", "½", "²", "١٢٣", "abc1", "a b", " \t\n", "\u2003", "if", "x_1", "1x", "é", "日", "\x00", "\u00a0", "A1", "a\u0301", "٣.١", "Ⅷ"]
names = ["isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle", "isidentifier", "isprintable", "isascii"]
for s in samples:
    print(ascii(s), "".join("1" if getattr(s, n)() else "0" for n in names))
