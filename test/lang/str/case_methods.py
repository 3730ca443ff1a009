for s in ("hello World", "ÀÉÎ straße", "ǆ ŉ ﬁ", "İI ıi", "ΑΣ ΣΑΣ.", "they're bill's", "x1y2 z", ""):
    print(s.upper(), "|", s.lower(), "|", s.title(), "|", s.capitalize(), "|", s.swapcase(), "|", s.casefold())
print("ß".upper(), "ﬃ".upper(), "İ".lower().encode("unicode_escape"), "STRASSE".casefold() == "straße".casefold())
