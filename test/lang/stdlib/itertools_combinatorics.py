from itertools import product, permutations, combinations, combinations_with_replacement

print(list(product("ab", [1, 2])), list(product("ab", repeat=2)), list(product()), list(product([], "a")), len(list(product(range(3), repeat=4))))
print(["".join(p) for p in permutations("abc")], list(permutations([1, 2, 3], 2)), list(permutations([1], 2)), list(permutations("")), list(permutations("ab", 0)))
print(list(combinations("abcd", 2))[:4], list(combinations(range(3), 3)), list(combinations([1], 2)), list(combinations("aab", 2)), list(combinations_with_replacement("ab", 2)), sum(1 for _ in combinations(range(10), 4)))
for bad in (lambda: permutations("a", -1), lambda: combinations("a"), lambda: product(5), lambda: combinations("a", "b"), lambda: product("a", repeat=-1)):
    try:
        bad()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
