print("".join([]), "-".join("abc"), ", ".join(["x"]), "".join(("a", "b")), "-".join(str(i) for i in range(4)), "é".join(["日", "😀"]))
print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" * 1000, "-" * True)
for bad in (lambda: "-".join([1, 2]), lambda: "-".join(["a", None]), lambda: "-".join(5), lambda: "a" * 1.5, lambda: "a" * "b", lambda: "a" + 1, lambda: "a" + None, lambda: "-".join([b"x"])):
    try:
        bad()
    except TypeError as error:
        print(error)
