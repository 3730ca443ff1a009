def solve(cells):
    best = None
    for i, v in enumerate(cells):
        if v == 0:
            r, c = divmod(i, 9)
            used = set(cells[r * 9:r * 9 + 9]) | set(cells[c::9])
            for k in range(3):
                start = (r // 3 * 3 + k) * 9 + c // 3 * 3
                used.update(cells[start:start + 3])
            options = [n for n in range(1, 10) if n not in used]
            if best is None or len(options) < len(best[1]):
                best = (i, options)
                if len(options) < 2:
                    break
    if best is None:
        return cells
    i, options = best
    for n in options:
        result = solve(cells[:i] + [n] + cells[i + 1:])
        if result:
            return result
    return None


puzzle = "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
solution = solve([int(c) if c.isdigit() else 0 for c in puzzle])
for r in range(9):
    print("".join(map(str, solution[r * 9:r * 9 + 9])))
print(sum(solution))
