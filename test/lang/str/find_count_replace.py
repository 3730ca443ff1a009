s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("bra", -4), s.find("z"), s.rfind("a"), s.rfind("a", 0, -1), s.find(""), s.find("", 99), s.rfind(""), s.find("a", 5, 3))
print(s.count("a"), s.count("abra"), s.count(""), s.count("a", 3), "aaaa".count("aa"), "".count(""), "x".count("", 5))
print(s.replace("a", "_"), s.replace("a", "_", 2), s.replace("", "-"), "".replace("", "x"), s.replace("abra", ""), s.replace("z", "y") is not None, "aaa".replace("aa", "b"), s.replace("a", "A", 0))
print(s.index("c"), s.rindex("b"))
for bad in (lambda: s.index("z"), lambda: s.rindex("z", 2), lambda: s.replace("a"), lambda: s.find(5)):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(error)
