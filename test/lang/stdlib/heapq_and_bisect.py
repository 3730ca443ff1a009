import heapq
import bisect

h = []
for n in (5, 1, 8, 3, 2):
    heapq.heappush(h, n)
print(h, [heapq.heappop(h) for _ in range(3)], h, heapq.heappushpop(h, 0), heapq.heapreplace(h, 9), h)
items = [9, 4, 7, 1]
heapq.heapify(items)
print(items, heapq.nlargest(2, [3, 1, 2]), heapq.nsmallest(2, "hello"), heapq.nlargest(2, [(1, "b"), (2, "a")], key=lambda p: p[1]), list(heapq.merge([1, 4], [2, 3], [])), list(heapq.merge([3, 1], [2], reverse=True)))
a = [1, 3, 3, 5]
print(bisect.bisect(a, 3), bisect.bisect_left(a, 3), bisect.bisect_right(a, 0), bisect.bisect_left(a, 9), bisect.bisect(a, 3, 0, 2), bisect.bisect_left(["a", "bb"], 2, key=len))
bisect.insort(a, 4)
bisect.insort_left(a, 3.0)
print(a)
for bad in (lambda: heapq.heappop([]), lambda: heapq.heappush((), 1), lambda: bisect.bisect([1], "a"), lambda: heapq.heappush([(1, {})], (1, {})), lambda: bisect.bisect(a, 1, -1)):
    try:
        bad()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
