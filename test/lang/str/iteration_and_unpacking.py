print(list("aé😀"), [*"xy"], dict(zip("ab", "cd")), set("aaa"), tuple("ab"), sorted("hello"), list(reversed("abc")))
a, *b = "xyz"
print(a, b, [ord(c) for c in "a\u0301"], max("hello"), min("hello"), list(enumerate("ab", 1)), "".join(sorted(set("mississippi"))))
it = iter("ab")
print(next(it), list(it), next(it, "end"), list(map(str.upper, "ab")), "l" in "hello", "ell" in "hello", "" in "", "z" not in "abc")
for i, c in enumerate("日本"):
    print(i, c, ord(c), hex(ord(c)))
