print(0 or [] or {} or "last", 1 and "x" and [0])
print(None or 0, 0 and None, [] and 1 / 0)
print(1 or 1 / 0, "" or "default")
print(not "", not [0], not None)


class Loud:
    def __init__(self, name, truth):
        self.name, self.truth = name, truth

    def __bool__(self):
        print("bool", self.name)
        return self.truth


a, b, c = Loud("a", False), Loud("b", True), Loud("c", True)
print((a or b and c).name)
print((a and b or c).name)
if not (a or not b):
    print("inside")
