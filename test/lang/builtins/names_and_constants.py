import builtins

names = [n for n in dir(builtins) if not n.startswith("_")]
print(len(names))
print(names)
print(__debug__, NotImplemented, Ellipsis, copyright.__class__.__name__ if "copyright" in names else "")
for bad in ("None = 1", "True = 1", "__debug__ = 1", "def f(None): pass", "f(True=1)", "x.None", "del None", "import None", "class True: pass", "lambda __debug__: 1", "for None in x: pass", "None += 1"):
    try:
        compile(bad, "", "exec")
        print("ok", bad)
    except SyntaxError as error:
        print(bad, "|", error.msg)
