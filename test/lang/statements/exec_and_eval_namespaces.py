g = {"x": 1}
exec("y = x + 1\ndef f(): return y * 10", g)
print(g["y"], g["f"]())
loc = {}
exec("a = 5", {}, loc)
print(loc)
print(eval("a + b", {"a": 1}, {"b": 2}), eval(" 1 + 1 "))
code = compile("x * 2", "<s>", "eval")
print([eval(code, {"x": n}) for n in range(3)])
single = compile("'shown'", "<s>", "single")
exec(single)
try:
    eval("x = 1")
except SyntaxError as error:
    print(error.msg)
print(exec("pass"), "__builtins__" in g)
