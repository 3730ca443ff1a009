class D(dict):
    def __missing__(self, key):
        self[key] = key * 2
        return self[key]


d = D(a=1)
print(d["a"], d[5], d, d.get(9), 9 in d)


class H:
    def __length_hint__(self):
        return 3

    def __iter__(self):
        return iter("abc")


import operator

print(operator.length_hint(H()), list(H()), operator.length_hint(5, 7))
