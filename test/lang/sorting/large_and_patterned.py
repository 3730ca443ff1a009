import random

rng = random.Random(42)
for make in (lambda n: list(range(n)), lambda n: list(range(n, 0, -1)), lambda n: [i % 7 for i in range(n)], lambda n: [rng.random() for _ in range(n)], lambda n: [str(i * 7919 % 1000) for i in range(n)], lambda n: list(range(n // 2)) + list(range(n - n // 2))):
    for n in (0, 1, 2, 31, 64, 65, 1000):
        items = make(n)
        ordered = sorted(items)
        assert all(a <= b for a, b in zip(ordered, ordered[1:])) and len(ordered) == n
        assert sorted(items, reverse=True)[::-1] == ordered or len(set(items)) < n
        tagged = sorted(((v, i) for i, v in enumerate(items)), key=lambda p: p[0])
        assert all(a[1] < b[1] for a, b in zip(tagged, tagged[1:]) if a[0] == b[0])
    print(ordered[:3], ordered[-1])
