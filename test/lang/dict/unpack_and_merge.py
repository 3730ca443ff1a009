a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print({**a, **b}, {**b, **a}, {"y": 0, **a, "x": 9}, a | b, dict(**a, w=1), {**{}, **{}})


class M:
    def keys(self):
        return iter("pq")

    def __getitem__(self, k):
        return k * 2


print({**M()}, dict(M()), dict(**M()))
k1, k2 = a
print(k1, k2, *a, [*a.values()], list(map(lambda kv: kv[0] + str(kv[1]), a.items())))
for bad in (lambda: {**5}, lambda: dict(**5), lambda: {**[1]}, lambda: dict(**{1: 2}), lambda: dict(1, 2)):
    try:
        bad()
    except TypeError as error:
        print(error)
