# group: object; quick: 30000
# A cache that forgets what was used longest ago: a dict and a doubly linked list, driven by a skewed key stream.
import sys


class Entry:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.before = self
        self.after = self


class Cache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = {}
        self.ring = Entry(None, None)
        self.hits = 0
        self.misses = 0

    def unlink(self, entry):
        entry.before.after = entry.after
        entry.after.before = entry.before

    def push(self, entry):
        ring = self.ring
        entry.after = ring.after
        entry.before = ring
        ring.after.before = entry
        ring.after = entry

    def get(self, key, compute):
        entry = self.entries.get(key)
        if entry is not None:
            self.hits += 1
            self.unlink(entry)
            self.push(entry)
            return entry.value
        self.misses += 1
        if len(self.entries) >= self.capacity:
            oldest = self.ring.before
            self.unlink(oldest)
            del self.entries[oldest.key]
        entry = Entry(key, compute(key))
        self.entries[key] = entry
        self.push(entry)
        return entry.value


def square_sum(key):
    return key * key + 1


def main():
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 3000000
    cache = Cache(1000)
    seed = 42
    total = 0
    for _ in range(requests):
        seed = (seed * 69069 + 1) & 0xFFFFFFFF
        span = 800 if seed & 0x70000 else 20000
        total = (total + cache.get((seed >> 8) % span, square_sum)) & 0xFFFFFFFF
    print(cache.hits, cache.misses, total, len(cache.entries))


main()
