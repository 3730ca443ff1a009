print(2 ** 10, "a" * 5, (1, 2) + (3,), -(-5), not 0, 1 / 4, "abc"[1], (1, 2, 3)[-1], 10 // 3, 7 % 3, 1 << 5, ~0, 0.1 + 0.2, 1e308 * 10, "x" + "y")
for bad in ("1 / 0", "'a' + 1", "(1,)[5]", "1 << -1", "'abc'[10]", "2 ** -1 // 0", "-'a'", "0 ** -1"):
    try:
        eval(compile(bad, "", "eval"))
    except Exception as error:
        print(bad, type(error).__name__, error)
print(len("a" * 5000), len((1,) * 300), 2 ** 1000 % 1000, (2 ** 64).bit_length())
a = (1, 2)
b = (1, 2)
print(a == b, {1, 2} == {2, 1}, 3 in {1, 2, 3}, "k" in ("k", "j"), [] in ([],), None in (None,), 1.0 in (1,))
if 0:
    print("never")
while 0:
    print("never")
print("a" "b" f"{1}" "c", __debug__ and "debug", 0 or "zero")
