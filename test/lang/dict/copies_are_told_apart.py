# What was last found in one copy says nothing about another.
first = {0: "zero", 1: "one"}.copy()
second = {256: "other", 1: "uno"}.copy()
third = dict(first)
print(first[0], 0 in second, second.get(0), third[0])
print(first[1], second[1], third[1])
for _ in range(3):
    for d in (first, second, third):
        print(0 in d, d.get(1), d.get(256))


def kinds(n):
    made = [{n: "a", i: "b"}.copy() for i in range(3)]
    return [d.get(n) for d in made], [d.get(2) for d in made]


for n in range(4):
    print(kinds(n))

# Globals of code that runs in copies of one dictionary.
code = compile("def read(): return name", "code", "exec")
base = {"name": 0, "__builtins__": __builtins__}
readers = []
for i in range(4):
    scope = base.copy()
    exec(code, scope)
    scope["name"] = i
    readers.append(scope["read"])
print([read() for read in readers for _ in range(2)])
