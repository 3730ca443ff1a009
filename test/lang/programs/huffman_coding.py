import heapq
from collections import Counter


def codes(text):
    heap = [(n, c, c) for c, n in sorted(Counter(text).items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (a[0] + b[0], min(a[1], b[1]), (a[2], b[2])))
    table = {}

    def walk(node, prefix):
        if isinstance(node, str):
            table[node] = prefix or "0"
        else:
            walk(node[0], prefix + "0")
            walk(node[1], prefix + "1")

    if heap:
        walk(heap[0][2], "")
    return table


def decode(bits, table):
    back = {v: k for k, v in table.items()}
    out, word = [], ""
    for bit in bits:
        word += bit
        if word in back:
            out.append(back[word])
            word = ""
    return "".join(out)


for text in ("abracadabra", "aaaa", "the quick brown fox", "", "é日é"):
    table = codes(text)
    bits = "".join(table[c] for c in text)
    print(len(text) * 8, len(bits), sorted(table.items(), key=lambda kv: (len(kv[1]), kv))[:4], decode(bits, table) == text)
