memo = {}


def collatz(n):
    steps = 0
    path = []
    while n != 1 and n not in memo:
        path.append(n)
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps = memo.get(n, 0)
    for p in reversed(path):
        steps += 1
        memo[p] = steps
    return steps


best = max(range(1, 3000), key=collatz)
print(best, collatz(best), len(memo), max(memo))
print(collatz(2 ** 64 + 1), collatz(27), len(memo))
memo.clear()
print(collatz(7.0), sorted(memo)[:3], collatz(7))
