# TreeBuilder, XMLParser and the events of _elementtree.
import io
import re
import warnings
import xml.etree.ElementTree as ET
from xml.etree.ElementTree import TreeBuilder, XMLParser


def show(value):
    print(re.sub("0x[0-9a-f]+", "0x", str(value)))


def attempt(action):
    try:
        show(repr(action()))
    except Exception as error:
        show("%s: %s" % (type(error).__name__, error))


# TreeBuilder by hand.
builder = TreeBuilder()
for action in (
    lambda: TreeBuilder(1, 2), lambda: TreeBuilder(other=1), builder.close, lambda: builder.end("a"), lambda: builder.start("a"),
    lambda: builder.start("a", 3), lambda: builder.data("before"), lambda: builder.start("a", {"k": "v"}), lambda: builder.data("x"),
    lambda: builder.data("y"), lambda: builder.comment("c"), lambda: builder.data("z"), lambda: builder.pi("p"), lambda: builder.pi("p", "q"),
    lambda: builder.start("b", {}), lambda: builder.end("other"), lambda: builder.data("tail"), lambda: builder.end("a"),
    lambda: builder.start("c", {}), lambda: ET.tostring(builder.close()),
):
    attempt(action)


class Special(ET.Element):
    pass


builder = TreeBuilder(element_factory=Special)
builder.start("a", {})
builder.data("1")
builder.comment("c")
builder.data("2")
builder.end("a")
print(type(builder.close()).__name__, builder.close().text)
builder = TreeBuilder(element_factory=lambda tag, attributes: [tag, attributes])
for action in (lambda: builder.start("a", {}), lambda: builder.start("b", {}), lambda: builder.data("x"), lambda: builder.end("b"), builder.close):
    attempt(action)
builder = TreeBuilder(comment_factory=lambda *args: ["c", *args], insert_comments=True)
builder.start("a", {})
attempt(lambda: builder.comment("x"))

# Comments and instructions, kept and not.
source = "<?q?><!--x--><a>t1<!--c-->t2<?p?>t3<?p d?>t4<b/>t5<!--c2-->t6</a><!--e-->"
for keep in (False, True):
    parser = XMLParser(target=TreeBuilder(insert_comments=keep, insert_pis=keep))
    parser.feed(source)
    root = parser.close()
    print(ET.tostring(root), repr(root.text), list(root.itertext()))


# Other targets.
class Target:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args: (print(name, args), "result of " + name)[1]


document = '<!DOCTYPE a SYSTEM "x.dtd"><?p?><!--c--><a xmlns="u" xmlns:q="v" x="1" q:y="2">a\nb&lt;<q:b/>&foo;</a>'
parser = XMLParser(target=Target())
attempt(lambda: parser.feed(document))
attempt(parser.close)
attempt(lambda: parser._setevents([], ["start"]))


class Raising:
    def data(self, data):
        raise KeyError(data)


parser = XMLParser(target=Raising())
attempt(lambda: parser.feed("<a>x<b>y</b></a>"))
attempt(parser.close)
parser = XMLParser(target=object())
parser.feed("<a><!--c--><b x='1'/>t</a>")
print(parser.close())

# Entities, encodings, errors.
parser = XMLParser()
print(parser.version.split()[0], parser.entity, type(parser.target).__name__)
parser.entity["foo"] = "bar"
parser.feed('<!DOCTYPE a SYSTEM "x"><a>x&foo;y</a>')
print(parser.close().text)
for bad in (
    "", "<a>", "<a><b></a>", "<a/><b/>", "<a x='1' x='2'/>", "<a>&foo;</a>", "<!DOCTYPE a SYSTEM 'x'><a>x&foo;</a>", "<p:a/>", "<a>\ud800</a>", 3,
    b"<?xml version='1.0' encoding='foo'?><a/>", b"<?xml version='1.0' encoding='euc-jp'?><a>\xc1</a>", b"<a>\xff</a>",
):
    attempt(lambda: ET.fromstring(bad))
try:
    ET.fromstring("<a>\n<b></a>")
except SyntaxError as error:
    print(error, error.code, error.position, error.msg, error.lineno)
print(ET.fromstring(b"<?xml version='1.0' encoding='koi8-r'?><a>\xc1</a>").text, ET.XML("<a>\u20ac&#233;\U0001f600</a>").text)
for action in (
    lambda: XMLParser(1), lambda: XMLParser(encoding=3), lambda: XMLParser.__new__(XMLParser).feed("a"), lambda: XMLParser()._setevents([], 3),
    lambda: XMLParser()._setevents([], ["foo"]), lambda: XMLParser()._setevents([], [3]), lambda: XMLParser()._parse_whole(3),
    lambda: ET.parse(io.StringIO("<a/>")).getroot(), lambda: ET.parse(io.BytesIO(b"")),
    lambda: ET.fromstringlist(["<a", ">", "x</a>"]).text, lambda: ET.XMLID("<a><b id='i'/></a>")[1],
):
    attempt(action)


class Old(XMLParser):
    def doctype(self, *args):
        print("not called")


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    parser = Old()
    parser.feed('<!DOCTYPE a SYSTEM "x"><a/>')
    show(repr(parser.close()))
print([str(warning.message) for warning in caught])

# Events.
pull = ET.XMLPullParser(["start", "end", "start-ns", "end-ns", "comment", "pi"])
pull.feed("<?p?><!--c--><a xmlns='u' xmlns:q='v' x='1'>a\nb&lt;<q:b/><!--x--></a>")
for event, what in pull.read_events():
    show("%s %s" % (event, what if not isinstance(what, ET.Element) else (what.tag, what.attrib, what.text)))
pull = ET.XMLPullParser()
for piece in "<a>\u00e9&amp;&#65;<b>\n\n</b>\n</a>":
    pull.feed(piece)
print([(event, e.tag, e.text, e.tail) for event, e in pull.read_events()])
pull.feed("<more/>")
attempt(lambda: list(pull.read_events()))

# A larger document, parsed, walked, changed, written and parsed again.
rows = "".join("<row n='%d'>\n  <name>n%d &amp; co</name>\n  <v>%d</v>tail\n</row>\n" % (i, i % 7, i * i) for i in range(3000))
root = ET.fromstring("<doc>\n%s</doc>" % rows)
total = 0
for row in root:
    total += int(row.findtext("v")) + int(row.get("n")) + len(row.find("name").text)
    row.set("seen", "yes")
    if total % 3 == 0:
        ET.SubElement(row, "third").text = str(total)
print(total, sum(len(t) for t in root.itertext()), sum(1 for _ in root.iter("third")))
written = ET.tostring(root, "unicode")
again = ET.fromstring(written)
print(len(written), ET.tostring(again, "unicode") == written)
counts = {}
for event, e in ET.iterparse(io.BytesIO(written.encode()), ("start", "end")):
    counts[event, e.tag] = counts.get((event, e.tag), 0) + 1
    if event == "end":
        e.clear()
print(sorted(counts.items()))
ET.indent(again)
print(len(ET.tostring(again)), ET.canonicalize(written) == ET.canonicalize(written, strip_text=False))
