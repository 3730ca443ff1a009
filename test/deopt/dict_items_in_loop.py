# for key, value in dict.items(): no pair is made while it holds; changes during the loop, other iterators, leaving in the middle.
def total(d):
    t = 0
    for k, v in d.items():
        t += v + len(k)
    return t


def pairs(d):
    kept = []
    for pair in d.items():
        kept.append(pair)
    return kept


def grown(d):
    seen = 0
    try:
        for k, v in d.items():
            seen += 1
            if v == 5:
                d["new"] = 1
    except RuntimeError as error:
        return seen, str(error)
    return seen, None


def replaced(d):
    seen = []
    for k, v in d.items():
        if v == 3:
            d["k4"] = 40
        seen.append(v)
    return seen


def any_pairs(pairs):
    t = 0
    for k, v in pairs:
        t += v
    return t


def inverted(d):
    return {v: k for k, v in d.items() if v % 2}


def resumed(it):
    for k, v in it:
        if v == 4:
            break
    return k, next(it), list(it)


d = {"k%d" % i: i for i in range(10)}
for _ in range(100):
    assert total(d) == 65
    assert pairs(d) == list(zip(d.keys(), d.values()))
    assert any_pairs(d.items()) == 45
print(inverted(d))
print(resumed(iter(d.items())))
print(grown(dict(d)), grown({"a": 1}), grown({}))
print(replaced(dict(d)))
print(any_pairs([("a", 1), ("b", 2)]), any_pairs(zip("ab", (3, 4))))
print(total({"x": 1.5, "y": 2}), total({"big": 1 << 70, "z": 1 << 62}))
try:
    total({"x": "text"})
except TypeError as error:
    print(error)
one = {"a": 1, "b": 2, "c": 3}
del one["b"]
print(pairs(one), any_pairs(one.items()))


class Own(dict):
    def items(self):
        return [("own", 7)]


print(any_pairs(Own(a=1).items()), total(Own(a=1)))
