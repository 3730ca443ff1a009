import re

spec = [("NUM", r"\d+(?:\.\d*)?"), ("ID", r"[A-Za-z_]\w*"), ("OP", r"[+\-*/=()]"), ("WS", r"\s+"), ("BAD", r".")]
master = re.compile("|".join("(?P<%s>%s)" % pair for pair in spec))


def tokens(text):
    for m in master.finditer(text):
        if m.lastgroup != "WS":
            yield m.lastgroup, m.group(), m.start()


print(list(tokens("x1 = 3.5*(y + 42) ?")))
scanner = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"\w+", lambda s, t: t.upper()), (r"\s+", None)])
print(scanner.scan("ab 12 cd!"))
print(re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", "1234567"), re.findall(r"\"(\\.|[^\"])*\"", r'"a\"b" "c"'), re.search(r"(?P<q>['\"])(.*?)(?P=q)", "x 'a\"b' y").group(2))
text = "one two  three\nfour"
print([(m.group(1), m.end()) for m in re.compile(r"(\w+)\s*").finditer(text)], len(re.findall(r"\w", "a" * 5000)), re.match(r"(?:a?){20}a{20}", "a" * 20) is not None)
