print({k: v for k, v in [("b", 1), ("a", 2), ("b", 3)]})
print({len(w): w for w in ["aa", "b", "cc", "ddd"]})
calls = []


def note(name, v):
    calls.append(name + str(v))
    return v


print({note("k", i): note("v", i) for i in range(2)}, calls)
print(len({x * 0 for x in range(100)}))
try:
    {[]: 1 for _ in range(1)}
except TypeError as error:
    print(error)
try:
    {[] for _ in range(1)}
except TypeError as error:
    print(error)
print({True: "t", 1: "one", 1.0: "float"})
