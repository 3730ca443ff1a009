class C:
    shared = []
    count = 0

    def __init__(self):
        C.count += 1
        self.own = C.count


a, b = C(), C()
a.shared.append(1)
print(b.shared, a.own, b.own, C.count)
a.count = 99
print(a.count, b.count, C.count, vars(a))
del a.count
print(a.count)
C.late = "added"
print(b.late)
try:
    del a.late
except AttributeError as error:
    print(error)
