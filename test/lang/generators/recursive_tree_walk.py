def walk(tree):
    if isinstance(tree, (list, tuple)):
        for branch in tree:
            yield from walk(branch)
    else:
        yield tree


print(list(walk([1, [2, (3, [4]), []], [[[5]]]])))


def permutations(items):
    if not items:
        yield []
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [x] + rest


print(["".join(p) for p in permutations("abc")])


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


print(sum(deep(300)))
