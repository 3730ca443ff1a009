for w in (0, 3, 4, 7, 8):
    print(repr("abc".center(w)), repr("abc".ljust(w, ".")), repr("abc".rjust(w, "*")), repr("abcd".center(w, "-")), repr("-42".zfill(w)), repr("+x".zfill(w)))
print("a\tb\tc".expandtabs(), "a\tb".expandtabs(3), "ab\n\tc".expandtabs(4), "\t".expandtabs(0) == "", "日\tx".expandtabs(4))
for bad in (lambda: "a".center(5, "ab"), lambda: "a".ljust("5"), lambda: "a".rjust(3, 5)):
    try:
        bad()
    except TypeError as error:
        print(error)
