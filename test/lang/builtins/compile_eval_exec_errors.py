for source in ("1 +", "x = 5", "def f(): pass", "", "  ", "1 2", "lambda: (yield)", "(x := 5)", "1;2", "'a' 'b'", "\n1", "1\n", "a.b.c", "[i for i in range(3)]", "await x", "*a"):
    try:
        code = compile(source, "<test>", "eval")
        print(repr(source), "compiles")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
for args in ((5, "f", "exec"), ("1", "f", "mode"), ("1", 5, "exec"), ("a\0b", "f", "exec")):
    try:
        compile(*args)
    except (TypeError, ValueError, SyntaxError) as error:
        print(type(error).__name__, error)
for bad in (lambda: eval(5), lambda: eval("1", 5), lambda: exec("1", {}, 5), lambda: eval("x", {}), lambda: exec(5)):
    try:
        bad()
    except (TypeError, NameError) as error:
        print(type(error).__name__, error)
print(eval(compile("1 + 1", "f", "eval")), eval(b"2 * 3"), compile("x", "file.py", "exec").co_filename)
