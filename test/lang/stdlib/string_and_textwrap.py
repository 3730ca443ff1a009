import string
import textwrap

print(string.ascii_letters, string.digits, string.hexdigits, repr(string.whitespace), string.punctuation, string.capwords("hello  wORLD"), string.capwords("a-b", "-"))
t = string.Template("$name owes $$${amount} to ${who}")
print(t.substitute(name="A", amount=5, who="B"), t.safe_substitute(name="A"))
for bad in (lambda: t.substitute(name="A"), lambda: string.Template("$").substitute(), lambda: string.Template("${x").substitute(x=1)):
    try:
        bad()
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)


class F(string.Formatter):
    def get_value(self, key, args, kw):
        return kw.get(key, "?") if isinstance(key, str) else args[key]


print(F().format("{0} {x} {y!r:>5}", 1, y=2), list(string.Formatter().parse("a{b!r:c}d{{}}")))
text = "The quick brown fox jumped over the lazy dog and kept running-around until night."
print(textwrap.fill(text, 30))
print(textwrap.wrap(text, 20, initial_indent="* ", subsequent_indent="  ")[:2], textwrap.shorten(text, 25), textwrap.shorten("hello world", 11))
print(repr(textwrap.dedent("  a\n    b\n  c\n")), repr(textwrap.indent("a\n\nb", "> ")), textwrap.wrap("averyveryverylongword x", 8), textwrap.wrap("", 5))
