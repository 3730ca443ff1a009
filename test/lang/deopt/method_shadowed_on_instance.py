class A:
    def value(self):
        return 1


def total(objects):
    t = 0
    for o in objects:
        t += o.value()
    return t


objects = [A() for _ in range(100)]
for _ in range(50):
    total(objects)
objects[50].value = lambda: 1000
print(total(objects))
del objects[50].value
print(total(objects))
objects[3].unrelated = 1
objects[99].__class__ = type("B", (A,), {"value": lambda self: -1})
print(total(objects))
