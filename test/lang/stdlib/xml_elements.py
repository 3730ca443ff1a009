# Elements of _elementtree: children, slices, finding, iterating while the tree changes, copies, pickling, errors.
import copy
import pickle
import re
import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element, SubElement


def show(value):
    print(re.sub("0x[0-9a-f]+", "0x", str(value)))


def attempt(action):
    try:
        show(repr(action()))
    except Exception as error:
        show("%s: %s" % (type(error).__name__, error))


def text(element):
    return ET.tostring(element, "unicode")


print(Element.__module__, ET.XMLParser.__module__, type(Element("a").iter()).__name__)

# Making elements.
for action in (
    lambda: Element(), lambda: Element("a", 2), lambda: Element("a", attrib=3), lambda: Element("a", {}, 3), lambda: Element("a", None),
    lambda: Element(tag="a"), lambda: Element("a", {"x": 1}, y=2).attrib, lambda: Element("a", attrib={"x": 1}, y=2).attrib,
    lambda: Element("a", {"x": 1}, attrib={"z": 1}, y=2).attrib, lambda: SubElement(), lambda: SubElement(1, 2),
    lambda: SubElement(Element("a"), "b", 3), lambda: SubElement(Element("a"), "b", {"x": 1}, y=2).attrib,
    lambda: SubElement(Element("a"), 1, {}, 4), lambda: Element("a").makeelement("a", 3), lambda: Element.__new__(Element).tag,
):
    attempt(action)


# Children and slices.
def numbered(n):
    root = Element("r")
    for i in range(n):
        SubElement(root, "c%d" % i)
    return root


def put(key, value):
    def action():
        root = numbered(6)
        if value is None:
            del root[key]
        else:
            root[key] = value
        return text(root)

    return action


for key in (0, -1, 9, -9, "a", 1 << 70, slice(1, 3), slice(None, None, -2), slice(-3, None), slice(None, None, 3)):
    attempt(lambda: numbered(6)[key])
    for value in (None, Element("n"), [Element("n"), Element("m")], numbered(3), [3], 3):
        attempt(put(key, value))
root = numbered(3)
for action in (
    lambda: root.append(3), lambda: root.extend(3), lambda: root.extend([3]), lambda: root.insert(0, 3), lambda: root.insert("a", root),
    lambda: root.remove(3), lambda: root.remove(Element("c1")), lambda: root.extend(root), lambda: root.insert(-100, Element("q")),
    lambda: root.insert(100, Element("q")), lambda: root.remove(root[2]), lambda: root.get(), lambda: root.set(1),
    lambda: root.set("k", "v"), lambda: (root.get("k"), root.get("z", 3), root.keys(), root.items()), lambda: setattr(root, "attrib", 3),
    lambda: delattr(root, "tag"), lambda: delattr(root, "text"), lambda: delattr(root, "tail"), lambda: delattr(root, "attrib"),
    lambda: root.nothing, lambda: setattr(root, "nothing", 1), lambda: list(reversed(root)), lambda: (len(root), bool(root)),
):
    attempt(action)
print(text(root))


class Thief:
    def __index__(self):
        del root[:]
        return 1


for action in (lambda: root[Thief()], lambda: root[:Thief()], lambda: root.__setitem__(slice(0, 9, Thief()), []), lambda: root.__delitem__(Thief())):
    root = numbered(6)
    attempt(action)

# Finding.
root = ET.XML("<r>" + "".join("<a i='%d'>t%d</a>z" % (i, i) for i in range(5)) + "<b><a i='9'/></b></r>")
for path in ("a", "a[3]", ".//a", "a[@i='4']", "b", "zz", "{}a", "{*}a", "*", "./a[last()]", "a[.='t4']", b"a", 3, "a["):
    attempt(lambda: [found.get("i") for found in root.findall(path)])
    attempt(lambda: root.find(path))
    attempt(lambda: root.findtext(path, "none"))
    attempt(lambda: len(list(root.iterfind(path))))
print([e.get("i") for e in root.iter("a")], len(list(root.iter())), len(list(root.iter("*"))), "".join(root.itertext()))
root = ET.XML("<r xmlns:p='u'><p:a>1</p:a></r>")
print(root.findtext("p:a", namespaces={"p": "u"}), root.find("{u}a").tag)


class Clearing(str):
    def __eq__(self, other):
        root.clear()
        return False

    __hash__ = str.__hash__


for action in (lambda: list(root.iterfind(Clearing("zz"))), lambda: list(root.iter(Clearing("zz")))):
    root = numbered(4)
    attempt(action)
root = numbered(6)
for child in root:
    root.remove(child)
print(text(root))
nodes = root.iter()
next(nodes)
SubElement(root, "late")
print([e.tag for e in nodes], list(nodes))

# Copies and pickles.
root = ET.XML("<r a='1'>t<b c='2'>u</b>v<!--x--></r>")
shallow, deep = copy.copy(root), copy.deepcopy(root)
print(shallow[0] is root[0], deep[0] is root[0], deep.attrib is root.attrib, text(shallow) == text(deep) == text(root))
memo = {}
copy.deepcopy(root, memo)
print(id(root) in memo)
for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
    print(text(pickle.loads(pickle.dumps(root, protocol))))
print(root.__getstate__()["attrib"], root.__reduce_ex__(2)[1])
for state in (3, {}, {"tag": "z", "_children": [3]}, {"tag": "z", "_children": 3}, {"tag": "z", "other": 3}):
    attempt(lambda: root.__setstate__(state))
print(Element("a").__sizeof__(), Element("a", {"b": "c"}).__sizeof__(), [numbered(n).__sizeof__() for n in (1, 4, 5, 9, 20)])


class Special(Element):
    extra = 1


special = Special("s", {"x": "1"})
special.note = [1]
print(type(copy.copy(special)) is Element, special.note, special.extra, type(SubElement(special, "t")) is Element)
copied = pickle.loads(pickle.dumps(Special("s")))
print(type(copied).__name__, copied.tag)

# Deep trees.
root = leaf = Element("a")
for _ in range(20000):
    leaf = SubElement(leaf, "b")
leaf.text = "deep"
print(len(list(root.iter())), "".join(root.itertext()), len(list(copy.deepcopy(root).iter())))
root.tag = root
attempt(lambda: repr(root))
