from itertools import groupby, chain, accumulate, tee, zip_longest, pairwise
import operator

print([(k, list(g)) for k, g in groupby("aabbbc")], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)], list(groupby([])))
groups = list(groupby("aab"))
print([(k, list(g)) for k, g in groups])
print(list(chain("ab", [1], ())), list(chain.from_iterable(["ab", [1]])), list(accumulate([1, 2, 3])), list(accumulate([3, 1, 4], max)), list(accumulate([1, 2], initial=10)), list(accumulate([2, 3, 4], operator.mul)), list(accumulate([])))
a, b = tee(iter([1, 2, 3]))
print(next(a), next(a), list(b), list(a), list(zip_longest("ab", [1], fillvalue="-")), list(zip_longest()), list(pairwise("abcd")), list(pairwise([1])))
g = groupby("aabb")
k1, g1 = next(g)
k2, g2 = next(g)
print(k1, list(g1), k2, list(g2))
for bad in (lambda: list(chain(5)), lambda: zip_longest("a", x=1), lambda: accumulate(5), lambda: tee([1], -1), lambda: list(accumulate(["a", 1]))):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
