class E(Exception):
    pass


for error in (E(), E("one"), E("a", 2), E(["x"]), KeyError("k"), KeyError("a", "b"), ValueError(""), OSError(2, "No such"), OSError(2, "No such", "file"),
              OSError("just text"), StopIteration(5), SystemExit(3), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), ImportError("m", name="n", path="p"),
              SyntaxError("bad", ("f.py", 3, 4, "text")), AttributeError("a", name="n", obj=1), NameError("nm", name="q"), AssertionError((1, 2))):
    print(repr(error), "|", error, "|", error.args)
