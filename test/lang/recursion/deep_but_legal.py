import sys


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(900))
sys.setrecursionlimit(6000)
print(depth(5000))


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


print(even(4000), odd(4000))


class Node:
    def __init__(self, next=None):
        self.next = next

    def __len__(self):
        return 1 + (len(self.next) if self.next is not None else 0)


n = None
for _ in range(300):
    n = Node(n)
print(len(n))

# Deeper than the usual 8 MB of native stack.
sys.setrecursionlimit(10**6)
print(depth(200_000))


def among(n, rest):
    return 0 if n == 0 else 1 + max(among(n - 1, [1, 2]), *rest)


print(among(20_000, [1]))
