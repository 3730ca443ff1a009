# Properties, names and normal forms of characters.
import unicodedata as u

for ch in "aé½٣\u0300가中ﬁ\u212b(":
    print(ascii(ch), u.category(ch), u.bidirectional(ch), u.combining(ch), u.mirrored(ch), u.east_asian_width(ch),
          repr(u.decomposition(ch)), u.name(ch, "none"), u.numeric(ch, None), u.digit(ch, None), u.decimal(ch, None))
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        print(form, ascii(u.normalize(form, ch + "\u0301\u0323a")), u.is_normalized(form, ch))
print(ascii(u.normalize("NFC", "\u1100\u1161\u11a8")), ascii(u.normalize("NFD", "각")))
print(u.lookup("LATIN SMALL LETTER A"), u.lookup("HANGUL SYLLABLE GAG"), u.lookup("CJK UNIFIED IDEOGRAPH-4E2D"))
for bad in (lambda: u.lookup("nope"), lambda: u.name("\0"), lambda: u.normalize("X", "a"), lambda: u.category("ab")):
    try:
        bad()
    except (KeyError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
