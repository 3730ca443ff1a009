def outer(n):
    if n > 0:
        def helper():
            return "positive"
    else:
        def helper():
            return "not positive"
    return helper


print(outer(1)(), outer(0)(), outer(1) is outer(1))
print(outer(1).__qualname__)
funcs = []
for i in range(3):
    def f(i=i):
        return i
    funcs.append(f)
print([f() for f in funcs])
