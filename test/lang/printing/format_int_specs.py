for spec in ("d", "5", "<5", "^5", ">5", "05", "+", " ", "-", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "#010b", ",", "_", "_x", "+,", "*>8", "=+8", "c", "e", ".2f", "%", "n", "08,", "*=+8,d"):
    print("%-8s" % spec, "|".join(format(v, spec) if spec != "c" else format(abs(v) % 1000 + 65, spec) for v in (0, 42, -42, 1234567)))
print(format(2 ** 70, ","), format(-2 ** 70, "_x"), format(True, "d"), format(True), format(10 ** 15, "09,"))
