def pages(total, size):
    for start in range(0, total, size):
        yield list(range(start, min(start + size, total)))


def flatten(chunks):
    for chunk in chunks:
        yield from chunk


def batched(items, n):
    it = iter(items)
    while True:
        batch = tuple(x for _, x in zip(range(n), it))
        if not batch:
            return
        yield batch


def windowed(items, n):
    window = []
    for x in items:
        window.append(x)
        if len(window) > n:
            del window[0]
        if len(window) == n:
            yield tuple(window)


print(list(pages(7, 3)), list(flatten(pages(7, 3))), list(batched("abcdefg", 3)), list(windowed(range(5), 3)), list(windowed([], 2)))
lines = iter(["a", "b", "", "c", "END", "d"])
print(list(iter(lambda: next(lines), "END")), next(lines), next(lines, None))


def round_robin(*iterables):
    its = [iter(i) for i in iterables]
    while its:
        for it in list(its):
            try:
                yield next(it)
            except StopIteration:
                its.remove(it)


print("".join(round_robin("abc", "d", "ef")))
