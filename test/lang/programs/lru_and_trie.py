class Trie:
    def __init__(self):
        self.children, self.end = {}, False

    def insert(self, word):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.end = True

    def __contains__(self, word):
        node = self
        for c in word:
            if c not in node.children:
                return False
            node = node.children[c]
        return node.end

    def walk(self, prefix=""):
        if self.end:
            yield prefix
        for c in sorted(self.children):
            yield from self.children[c].walk(prefix + c)

    def complete(self, prefix):
        node = self
        for c in prefix:
            node = node.children.get(c)
            if node is None:
                return []
        return list(node.walk(prefix))


t = Trie()
for w in "tea ten team inn in i a to tea".split():
    t.insert(w)
print(list(t.walk()), t.complete("te"), t.complete("zz"), "te" in t, "tea" in t, "" in t, t.complete("") == list(t.walk()))
t.insert("")
print("" in t, next(t.walk()) == "")
words = [a + b + c for a in "abc" for b in "xyz" for c in "12"]
big = Trie()
for w in words:
    big.insert(w)
print(sum(1 for _ in big.walk()), all(w in big for w in words), big.complete("bx"), list(big.walk()) == sorted(words))
