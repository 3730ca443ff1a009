import re

m = re.search(r"(?P<word>\w+)@(\w+)\.(com|org)?", "mail bob@site.org now")
print(m.group(), m.group(1, 2, 3), m.groups(), m.groupdict(), m.start("word"), m.span(2), m["word"], m[0], m.pos, m.string[:4], m.lastgroup, m.lastindex, m.expand(r"\1-\g<word>"))
print(re.match("b", "ab"), re.fullmatch("a+", "aaa").end(), re.fullmatch("a", "ab"), re.search("", "x").span(), bool(re.match("a*", "")))
print(re.findall(r"\d+", "1 22 333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall("", "ab"), [m.span() for m in re.finditer("a|b", "cab")], re.findall(r"(?i)ABC", "abcABC"), re.findall(r"^\w", "a\nb", re.M), re.findall(r"a.b", "a\nb", re.S))
print(re.search(r"(a)|(b)", "b").groups(), re.search(r"(a)|(b)", "b").groups("none"), repr(re.search("b+", "abbc")), re.compile("x", re.I | re.M), re.search(r"(\d+)-\1", "12-12").group(), re.escape("a.b*c"))
for bad in ("(", "[a", "*", "a{2,1}", "(?P<1>a)", r"\1", "(?<=a+)b", "(?P<n>a)(?P<n>b)", "(?z)", "a**", r"\p"):
    try:
        re.compile(bad)
    except re.error as error:
        print(bad, "|", error)
