class C:
    def __init__(self, name, fail=None):
        self.name, self.fail = name, fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise ValueError("enter " + self.name)
        return self.name

    def __exit__(self, *exc):
        print("exit", self.name, exc[0] and exc[0].__name__)
        if self.fail == "exit":
            raise KeyError("exit " + self.name)


with C("a") as a, C("b") as b:
    print(a, b)
with (C("p") as p, C("q"),):
    print(p)
for second in ("enter", "exit"):
    try:
        with C("a"), C("b", second), C("c"):
            print("body")
    except Exception as error:
        print(repr(error), repr(error.__context__))
with C("tuple") as (x, *y):
    print(x, y)
d = {}
with C("sub") as d["k"]:
    print(d)
