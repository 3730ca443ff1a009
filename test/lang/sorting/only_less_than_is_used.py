class Item:
    count = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Item.count += 1
        return self.n < other.n

    def __repr__(self):
        return "I%d" % self.n


items = [Item(n) for n in (5, 2, 8, 1)]
print(sorted(items), min(items), Item.count > 3)
try:
    max(items)
except TypeError as error:
    print(error)
calls = []


def key(x):
    calls.append(x)
    return -x


print(sorted([3, 1, 2], key=key), calls)
try:
    sorted([3, 1, 2], key=lambda x: 1 / (x - 2))
except ZeroDivisionError as error:
    print(error)


class Angry:
    def __lt__(self, other):
        raise ValueError("no comparing")


l = [Angry(), Angry()]
try:
    l.sort()
except ValueError as error:
    print(error, len(l))
