# group: general; quick: 3000
# Sorting records with key functions, by several keys, and a merge sort written out.
import sys
from operator import attrgetter


class Record:
    def __init__(self, number, name, score):
        self.number = number
        self.name = name
        self.score = score


def records(count):
    seed = 7
    result = []
    for number in range(count):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        name = "n%03d" % (seed >> 16 & 511)
        result.append(Record(number, name, (seed >> 4 & 0xFFFF) / 8))
    return result


def merge_sort(items, key):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left = merge_sort(items[:middle], key)
    right = merge_sort(items[middle:], key)
    result = []
    i = j = 0
    while i < len(left) and j < len(right):
        if key(right[j]) < key(left[i]):
            result.append(right[j])
            j += 1
        else:
            result.append(left[i])
            i += 1
    result.extend(left[i:])
    result.extend(right[j:])
    return result


def digest(items):
    value = 0
    for position, item in enumerate(items):
        value = (value * 131 + item.number * position) % 998244353
    return value


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 150000
    items = records(count)
    print(digest(sorted(items, key=lambda r: r.score)))
    print(digest(sorted(items, key=lambda r: (r.name, -r.score))))
    print(digest(sorted(items, key=attrgetter("name"), reverse=True)))
    print(digest(merge_sort(items, lambda r: r.score)))
    items.sort(key=lambda r: r.number % 1000)
    print(digest(items))


main()
