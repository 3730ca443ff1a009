# gc.get_referrers, get_referents and get_objects.
import gc


class Node:
    def method(self):
        pass


class Slotted:
    __slots__ = ("left", "right")


target = Node()
holder = [target]
table = {"key": target}
pair = (target, 1)
node = Node()
node.child = target
slotted = Slotted()
slotted.left = target


def closed():
    return target_in_cell


def make(target_in_cell):
    def inner():
        return target_in_cell

    return inner


kept = make(target)
referrers = gc.get_referrers(target)


def among(x):
    return any(x is r for r in referrers)


print(among(holder), among(table), among(pair), among(globals()), among(slotted))
print(among(node) or among(node.__dict__), any(r is kept.__closure__[0] for r in referrers))
print(among([]), among(kept))
print(any(o is holder for o in gc.get_objects()), any(o is Node for o in gc.get_objects()))


def refers(x, y):
    return any(r is y for r in gc.get_referents(x))


print(refers(holder, target), refers(table, target), refers(pair, target))
print(refers(slotted, target), refers(slotted, Slotted), refers(Node, object), refers(kept, kept.__closure__))
print(refers(kept.__closure__[0], target), refers(target.method, target), gc.get_referents(1, 2.5))
error = ValueError(target)
print(refers(error, error.args), refers(property(closed), closed))


def generate(x):
    yield x


running = generate(target)
next(running)
print(refers(running, target) or any(refers(r, target) for r in gc.get_referents(running)))
