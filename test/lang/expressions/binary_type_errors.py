import operator as o

cases = [(o.add, 1, "a"), (o.add, "a", 1), (o.sub, [], []), (o.mul, "a", "b"), (o.truediv, None, 1), (o.add, [1], (2,)),
         (o.mod, 1, []), (o.pow, "a", 2), (o.lshift, 1.0, 2), (o.and_, 1, 1.5), (o.lt, 1, "a"), (o.ge, None, None),
         (o.lt, [1], [None]), (o.matmul, 1, 2), (o.getitem, 5, 0), (o.contains, 5, 1), (o.mul, [1], 1.5)]
for function, a, b in cases:
    try:
        print(function(a, b))
    except TypeError as error:
        print(function.__name__, "->", error)
