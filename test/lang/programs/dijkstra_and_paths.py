import heapq


def shortest(graph, start):
    dist, prev = {start: 0}, {}
    heap = [(0, start)]
    while heap:
        d, node = heapq.heappop(heap)
        if d > dist[node]:
            continue
        for other, w in graph.get(node, {}).items():
            nd = d + w
            if nd < dist.get(other, float("inf")):
                dist[other] = nd
                prev[other] = node
                heapq.heappush(heap, (nd, other))
    return dist, prev


def path(prev, end):
    out = [end]
    while out[-1] in prev:
        out.append(prev[out[-1]])
    return out[::-1]


g = {"a": {"b": 7, "c": 3}, "c": {"b": 1, "d": 8}, "b": {"d": 2}, "d": {}}
dist, prev = shortest(g, "a")
print(dist, path(prev, "d"))
n = 12
grid = {(x, y): {(x + dx, y + dy): 1 + (x * y) % 4 for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)) if 0 <= x + dx < n and 0 <= y + dy < n} for x in range(n) for y in range(n)}
dist, prev = shortest(grid, (0, 0))
print(dist[n - 1, n - 1], len(path(prev, (n - 1, n - 1))), sum(dist.values()))
g["a"]["c"] = 0.5
print(shortest(g, "a")[0], shortest({}, "q"))
