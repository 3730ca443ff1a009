# group: object; quick: 8
# Many short-lived binary trees and one long-lived one: allocation and collection.
import sys


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def main():
    deepest = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print("stretch tree of depth", deepest + 1, "nodes", tree(deepest + 1).count())
    long_lived = tree(deepest)
    for depth in range(4, deepest + 1, 4):
        trees = 1 << (deepest - depth + 4)
        total = 0
        for _ in range(trees):
            total += tree(depth).count()
        print(trees, "trees of depth", depth, "nodes", total)
    print("long lived tree of depth", deepest, "nodes", long_lived.count())


main()
