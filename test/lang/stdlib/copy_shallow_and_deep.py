import copy


class P:
    def __init__(self, v):
        self.v = v
        self.me = self


class Custom:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return "deep copied"


class Slots:
    __slots__ = ("a",)


l = [1, [2, 3], {"k": (4, [5])}]
s, d = copy.copy(l), copy.deepcopy(l)
l[1].append("x")
l[2]["k"][1].append("y")
print(s, d, s[1] is l[1], d[2] is l[2])
p = P([1])
q, r = copy.copy(p), copy.deepcopy(p)
print(q.v is p.v, r.v is p.v, r.v, r.me is r, q.me is p)
print(copy.copy(Custom()), copy.deepcopy([Custom()]))
o = Slots()
o.a = [1]
print(copy.deepcopy(o).a, copy.copy(o).a is o.a, copy.copy((1,)), copy.deepcopy(len) is len, copy.copy(P) is P, copy.deepcopy({1, 2}) == {1, 2})
c = []
c.append(c)
k = copy.deepcopy(c)
print(k[0] is k, k is not c)
shared = [0]
pair = copy.deepcopy([shared, shared])
print(pair[0] is pair[1])
