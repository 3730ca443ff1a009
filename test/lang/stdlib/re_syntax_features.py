import re

cases = [(r"a{2,3}", "aaaa"), (r"a{2,3}?", "aaaa"), (r"a+?b", "aaab"), (r"(?:ab)+", "ababx"), (r"(?=a)\w", "ba"), (r"(?!a)\w", "ab"), (r"(?<=a)b", "cbab"), (r"(?<!a)b", "abcb"), (r"[^a-c\d]", "a1d"), (r"[\]\-x]", "-"), (r"\bfoo\b", "a foo b"), (r"\Bo", "foo"), (r"\Afoo\Z", "foo"), (r"(?x) a  b # comment", "ab"), (r"(a)(?(1)b|c)", "ab"), (r"(?i:A)b", "ab"), (r"a|ab|abc", "abc"), (r"(a*)*", "aab"), (r"(?:a|b)*?c", "abc"), (r"é\w", "éà"), (r"\w+", "日本語x_1"), (r"(?a)\w+", "éa"), (r"\d+", "٣4"), (r"a++b", "aab"), (r"(?>a+)ab", "aaab"), (r"x*+x", "xxx"), (r"$", "a\n"), (r".+$", "a\nb"), (r"(?s:.)+", "a\nb"), (r"\u00e9\x61", "éa"), (r"(\w+) \1", "the the")]
for pattern, text in cases:
    m = re.search(pattern, text)
    print(pattern, m and (m.span(), m.groups()))
