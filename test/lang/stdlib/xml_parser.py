# Events, errors, namespaces, entities and content models of the XML parser; trees, plists and SAX on top of it.
import io
import plistlib
import xml.dom.minidom
import xml.etree.ElementTree as ET
import xml.sax
from xml.parsers import expat


def show(kind):
    return lambda *args: print(kind, *map(repr, args))


def parser(*names, **options):
    made = expat.ParserCreate(**options)
    for name in names:
        setattr(made, name, show(name))
    return made


p = parser("StartElementHandler", "EndElementHandler", "CharacterDataHandler", "CommentHandler", "ProcessingInstructionHandler")
p.buffer_text = True
print(p.Parse('<a x="1" y="é"><!-- c --><?go on?>one'))
print(p.buffer_used, p.CurrentLineNumber, p.CurrentColumnNumber)
print(p.Parse(b" &lt;two&#62;</a>\n", True))

p = parser("StartDoctypeDeclHandler", "EntityDeclHandler", "ElementDeclHandler", "AttlistDeclHandler", "NotationDeclHandler",
           "XmlDeclHandler", "DefaultHandler", "StartElementHandler")
p.ordered_attributes = 1
p.Parse("""<?xml version="1.0" standalone="yes"?><!DOCTYPE a [<!ENTITY e "text"><!ELEMENT a (b?, (c | d)*)>
<!ATTLIST a k CDATA "v" n NMTOKEN #REQUIRED><!NOTATION gif SYSTEM "x">]><a n="1">&e;</a>""", True)

p = parser("StartElementHandler", "StartNamespaceDeclHandler", namespace_separator=" ")
p.namespace_prefixes = True
p.Parse('<p:a xmlns:p="urn:one" xmlns="urn:two" p:x="1"><b/></p:a>', True)

for bad in ["<a>", "<a></b>", "<a/><b/>", "<a>&nope;</a>", b'<?xml version="1.0" encoding="nope"?><a/>', ""]:
    try:
        expat.ParserCreate().Parse(bad, True)
    except expat.ExpatError as error:
        print(error, error.code, error.lineno, error.offset, expat.ErrorString(error.code))
    except LookupError as error:
        print("LookupError", error)


def fail(*args):
    raise KeyError(args)


p = expat.ParserCreate()
p.StartElementHandler = fail
try:
    p.Parse("<a><b/></a>", True)
except KeyError as error:
    print("from the handler:", error)

p = expat.ParserCreate()
p.CharacterDataHandler = show("text")
p.Parse('<?xml version="1.0" encoding="koi8-r"?><a>я</a>'.encode("koi8-r"), True)


def external(context, base, system, public):
    print("external", context, base, system, public)
    child = p.ExternalEntityParserCreate(context)
    child.Parse("<!ENTITY inner 'from outside'>", True)
    return 1


p = expat.ParserCreate()
p.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
p.ExternalEntityRefHandler = external
p.CharacterDataHandler = show("text")
p.SetBase("/base")
p.Parse("<!DOCTYPE a SYSTEM 'outer.dtd'><a>&inner;</a>", True)

for act in [lambda: setattr(p, "buffer_size", 0), lambda: setattr(p, "buffer_size", "x"), lambda: p.Parse(3), lambda: p.ParseFile(3),
            lambda: type(p)(), lambda: setattr(p, "other", 1), lambda: delattr(p, "CommentHandler")]:
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)

tree = ET.parse(io.BytesIO(b'<r xmlns:q="urn:q"><q:i n="2">b</q:i>tail<q:i n="1">a</q:i></r>'))
print([(e.tag, e.attrib, e.text, e.tail) for e in tree.iter()])
print(ET.tostring(tree.getroot()), [e.text for e in tree.findall("{urn:q}i[@n='1']")])
print(xml.dom.minidom.parseString("<a><b k='1'/>t</a>").toprettyxml(indent=" "))
print(plistlib.loads(plistlib.dumps({"k": [1, 2.5, True, b"data", {"n": "é"}]})))


class Collect(xml.sax.ContentHandler):
    def startElement(self, name, attrs):
        print("sax", name, dict(attrs))


xml.sax.parseString("<a k='v'><b/></a>", Collect())
