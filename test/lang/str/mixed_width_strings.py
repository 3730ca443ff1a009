a = "abc"
b = a + "é"
c = b + "日"
d = c + "😀"
print([len(x) for x in (a, b, c, d)], d[:3] == a, d[:4] == b, d[:5] == c)
print(d.find("日"), d.index("😀"), d.replace("😀", "x") == c + "x", hash(d[:3]) == hash(a), d[:3] in {a: 1})
print(d.upper(), d.encode(), d * 2, d[::-1], d.split("é"), "日" in d, a in d, d.startswith(b), d.rjust(9, "ü"), d.partition("日"))
print("é" < "日" < "😀", sorted(d), d.strip("a😀"), "".join([a, b]), d.isalpha(), d.translate({0x65e5: "X"}))
