print(repr("  x ".strip()), "xxaxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), "\t\n x\u2003".strip(), "x".strip("x"), "xyz".strip(""))
print("prefix_name".removeprefix("prefix_"), "name.py".removesuffix(".py"), "aa".removeprefix("aaa"), "x".removesuffix(""))
print("hello".startswith("he"), "hello".startswith(("x", "he")), "hello".startswith("l", 2), "hello".startswith("", 5), "hello".startswith("", 6), "hello".endswith("lo", 0, 5))
print("hello".endswith(()), "hello".endswith("ell", 1, -1), "".startswith(""))
for bad in (lambda: "a".startswith(5), lambda: "a".strip(5), lambda: "a".endswith(["a"])):
    try:
        bad()
    except TypeError as error:
        print(error)
