# group: object; quick: 6
# Loops of a control flow graph, with their nesting, by Havlak's method: depth-first numbers, back edges, union-find.
# The graph is a made-up function of nested loops with branches; some are entered in the middle (irreducible).
import sys

HEADER, SELF, IRREDUCIBLE, PLAIN, DEAD = "reducible", "self", "irreducible", "plain", "dead"


class Block:
    def __init__(self, name):
        self.name = name
        self.into = []
        self.out = []


class Graph:
    def __init__(self):
        self.blocks = []

    def block(self):
        block = Block(len(self.blocks))
        self.blocks.append(block)
        return block

    def edge(self, source, target):
        source.out.append(target)
        target.into.append(source)


class Loop:
    def __init__(self, header, reducible):
        self.header = header
        self.reducible = reducible
        self.parent = None
        self.children = []
        self.blocks = set()

    def depth(self):
        depth = 0
        loop = self
        while loop is not None:
            depth += 1
            loop = loop.parent
        return depth


class Node:
    """What the method knows of a block; also its place in the union-find forest."""

    def __init__(self, block, number):
        self.block = block
        self.number = number
        self.leader = self
        self.loop = None
        self.kind = PLAIN
        self.header = 0

    def find(self):
        node = self
        path = []
        while node.leader is not node:
            path.append(node)
            node = node.leader
        for step in path:
            step.leader = node
        return node


def number_blocks(start, count):
    """Depth-first numbers by an explicit stack: (nodes in order, number of each block, last descendant of each node)."""
    number = [-1] * count
    nodes = []
    last = []
    stack = [(start, 0)]
    while stack:
        block, position = stack.pop()
        if position == 0:
            if number[block.name] >= 0:
                continue
            number[block.name] = len(nodes)
            nodes.append(Node(block, len(nodes)))
            last.append(0)
        for index in range(position, len(block.out)):
            target = block.out[index]
            if number[target.name] < 0:
                stack.append((block, index + 1))
                stack.append((target, 0))
                break
        else:
            last[number[block.name]] = len(nodes) - 1
    return nodes, number, last


def find_loops(graph):
    nodes, number, last = number_blocks(graph.blocks[0], len(graph.blocks))
    size = len(nodes)
    back = [[] for _ in range(size)]
    other = [[] for _ in range(size)]
    for w in range(size):
        for block in nodes[w].block.into:
            v = number[block.name]
            if v < 0:
                continue
            if w <= v <= last[w]:
                back[w].append(v)
            else:
                other[w].append(v)
    loops = []
    for w in range(size - 1, -1, -1):
        head = nodes[w]
        body = []
        for v in back[w]:
            if v != w:
                body.append(nodes[v].find())
            else:
                head.kind = SELF
        todo = list(body)
        if body:
            head.kind = HEADER
        seen = set(body)
        while todo:
            x = todo.pop()
            for y in other[x.number]:
                leader = nodes[y].find()
                if not w <= leader.number <= last[w]:
                    head.kind = IRREDUCIBLE
                    other[w].append(leader.number)
                elif leader is not head and leader not in seen:
                    seen.add(leader)
                    body.append(leader)
                    todo.append(leader)
        if body or head.kind == SELF:
            loop = Loop(head.block, head.kind != IRREDUCIBLE)
            head.loop = loop
            loop.blocks.add(head.block.name)
            for node in body:
                node.header = w
                node.leader = head
                if node.loop is not None:
                    node.loop.parent = loop
                    loop.children.append(node.loop)
                else:
                    loop.blocks.add(node.block.name)
            loops.append(loop)
    return loops


def straight(graph, start, length):
    for _ in range(length):
        following = graph.block()
        graph.edge(start, following)
        start = following
    return start


def diamond(graph, start):
    left, right, join = graph.block(), graph.block(), graph.block()
    graph.edge(start, left)
    graph.edge(start, right)
    graph.edge(left, join)
    graph.edge(right, join)
    return join


def nest(graph, start, depth, crooked):
    header = straight(graph, start, 1)
    end = diamond(graph, header)
    for index in range(2):
        end = nest(graph, end, depth - 1, crooked + index) if depth else straight(graph, end, 2)
    graph.edge(end, header)
    if crooked % 5 == 3:
        graph.edge(start, end)
    if depth == 0 and crooked % 2:
        graph.edge(end, end)
    return straight(graph, header, 1)


def main():
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    graph = Graph()
    place = graph.block()
    for copy in range(copies):
        place = nest(graph, diamond(graph, place), 3 + copy % 3, copy)
    for _ in range(3):
        loops = find_loops(graph)
    print(len(graph.blocks), "blocks", len(loops), "loops")
    print(sum(1 for loop in loops if not loop.reducible), "irreducible")
    print(max(loop.depth() for loop in loops), "deep", sum(loop.depth() for loop in loops))
    print(sum((loop.header.name * len(loop.blocks)) % 1009 for loop in loops))


main()
