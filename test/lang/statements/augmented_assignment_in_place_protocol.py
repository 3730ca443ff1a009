class Acc:
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(("iadd", other))
        return self

    def __add__(self, other):
        return ("add", other)

    def __isub__(self, other):
        return NotImplemented

    def __sub__(self, other):
        return ("sub", other)

    def __imul__(self, other):
        return "replaced"


a = Acc()
keep = a
a += 1
a += 2
print(a is keep, a.log)
a -= 5
print(a)
a = keep
a *= 3
print(a)
d = {"k": keep}
d["k"] += "in dict"
print(keep.log[-1], d["k"] is keep)
