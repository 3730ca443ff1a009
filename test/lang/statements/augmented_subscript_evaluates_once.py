calls = []


def f(v, name):
    calls.append(name)
    return v


data = {"a": [1, 2, 3]}
f(data, "data")[f("a", "key")][f(1, "index")] += f(100, "value")
print(data, calls)


class Box:
    n = 0

    def __getattr__(self, name):
        print("get", name)
        return 0

    def __setattr__(self, name, value):
        print("set", name, value)


Box().thing += 5
