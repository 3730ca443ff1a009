x = "module"
ns = {"x": "ns"}
exec("def f(): return x\ndef g():\n global x\n x = 'changed'\nclass C:\n y = x", ns)
print(ns["f"](), ns["C"].y, x)
ns["g"]()
print(ns["f"](), ns["x"], x)


def make():
    x = "enclosing"
    exec("x = 'exec local'")
    return x, eval("x"), eval("x", globals()), (lambda: eval("x", {"x": "given"}))()


print(make())


def dynamic(name, value):
    globals()[name] = value


dynamic("created_later", 42)
print(created_later)
code = compile("result = x + '!'", "<c>", "exec")
a, b = {"x": "A"}, {"x": "B"}
exec(code, a)
exec(code, b)
print(a["result"], b["result"])
loc = {"x": "local"}
exec("z = x\ny = [x for _ in range(1)] if 0 else x", {"x": "global"}, loc)
print(loc["z"], loc["y"])
