import re

print(re.sub(r"\d", "#", "a1b22"), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.sub("a", "b", "aaa", count=2), re.sub("", "-", "ab"), re.sub(r"(?P<x>o)", r"<\g<x>>", "foo"), re.sub("x*", "-", "abxd"), re.subn("a", "", "banana"), re.sub(r"\w+", lambda m: m.group().title() + str(m.start()), "ab cd"), re.sub("(a)|b", r"[\1]", "ab"), re.sub("a", r"\n\\", "a"))
print(re.split(r"[,;]\s*", "a, b;c"), re.split(r"(,)", "a,b"), re.split("x*", "axbc"), re.split(r"\s", "a b c", maxsplit=1), re.split("", "ab"), re.split(",", ""))
p = re.compile(r"(\d+)")
print(p.sub("N", "1 2"), p.search("a1", 1).group(), p.match("1a", 1), p.findall("1 2 3", 2), p.pattern, p.groups, p.flags, p.groupindex, p == re.compile(r"(\d+)"))
for bad in (lambda: re.sub("a", r"\2", "a"), lambda: re.sub("a", r"\g<x>", "a"), lambda: re.sub("a", r"\q", "a"), lambda: re.search(b"a", "a"), lambda: re.sub("a", 5, "a"), lambda: re.search("a", 5)):
    try:
        bad()
    except (re.error, IndexError, TypeError) as error:
        print(type(error).__name__, error)
print(re.findall(rb"\d", b"a1"), re.sub(b"a", b"b", b"aa"))
