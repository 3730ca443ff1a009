class Document:
    def __init__(self):
        self.text, self.undo_stack, self.redo_stack, self.watchers = "", [], [], []

    def on_change(self, f):
        self.watchers.append(f)
        return lambda: self.watchers.remove(f)

    def _apply(self, action):
        before = self.text
        self.text = action(self.text)
        for w in list(self.watchers):
            w(before, self.text)

    def do(self, action, inverse):
        self._apply(action)
        self.undo_stack.append((action, inverse))
        self.redo_stack.clear()

    def insert(self, at, s):
        self.do(lambda t: t[:at] + s + t[at:], lambda t: t[:at] + t[at + len(s):])

    def delete(self, a, b):
        gone = self.text[a:b]
        self.do(lambda t: t[:a] + t[b:], lambda t: t[:a] + gone + t[a:])

    def undo(self):
        pair = self.undo_stack.pop()
        self._apply(pair[1])
        self.redo_stack.append(pair)

    def redo(self):
        pair = self.redo_stack.pop()
        self._apply(pair[0])
        self.undo_stack.append(pair)


d = Document()
changes = []
stop = d.on_change(lambda a, b: changes.append(len(b) - len(a)))
d.insert(0, "hello world")
d.delete(0, 6)
d.insert(5, "!")
d.undo()
d.undo()
print(d.text, changes)
d.redo()
stop()
d.redo()
print(d.text, changes, len(d.undo_stack))
try:
    d.redo()
except IndexError as error:
    print(error)
for i in range(100):
    d.insert(0, str(i % 10))
for i in range(100):
    d.undo()
print(d.text)
