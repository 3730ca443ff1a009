# Structures and unions of ctypes: layout, packing, bit fields, byte order, anonymous fields, inheritance, what is kept alive, errors.
import pickle
from ctypes import *


def error(function, *args, **kwargs):
    try:
        print("no error", function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_double)]


class Deep(Point):
    _fields_ = [("z", c_char), ("name", c_char * 6), ("next", POINTER(c_int)), ("grid", c_short * 3 * 2)]


class Packed(Structure):
    _pack_ = 1
    _fields_ = [("a", c_byte), ("b", c_int)]


for cls in (Point, Deep, Packed):
    view = memoryview(cls())
    print(cls.__name__, sizeof(cls), alignment(cls), view.format, view.itemsize, view.shape)
print(Point.x, Point.y, Deep.name, Packed.b, Point.y.offset, Point.y.size)
p = Point(1, y=2)
p.x += 10
p.extra = "Python attribute"
print(p.x, p.y, p.extra, bytes(p)[:4])
d = Deep(1, 2.5, b"z", b"name", pointer(c_int(5)), ((1, 2, 3), (4, 5, 6)))
print(d.x, d.y, d.z, d.name, d.next[0], d.grid[1][:], sorted(d._objects))
d.name = b"a\0bcd"
print(d.name, Deep.from_buffer_copy(bytes(Packed(1, 2)) + bytes(60)).x, memoryview(d).nbytes == sizeof(d))
for function, args in ((Point, (1, 2, 3)), (Point, ("x",)), (setattr, (d, "name", 5)), (setattr, (d, "name", b"1234567")), (setattr, (d, "next", 5)),
                       (setattr, (d, "grid", (c_int * 3)())), (delattr, (p, "x")), (Structure, ()),
                       (Point.x.__get__, (5,))):
    error(function, *args)
error(Point, 1, x=2)


def declare(**names):
    return type(Structure)("Made", (Structure,), names)


for fields in ([("a", int)], [(1, c_int)], 5, [("a", c_float, 3)], [("a", c_int, 33)]):
    error(declare, _fields_=fields)
error(declare, _pack_=-1, _fields_=[])
error(declare, _anonymous_=["q"], _fields_=[("a", c_int)])
error(declare, _anonymous_=["a"], _fields_=[("a", c_int)])


class Bits(Structure):
    _fields_ = [("a", c_int, 3), ("b", c_uint, 5), ("c", c_longlong, 40), ("d", c_longlong, 20), ("e", c_short, 9), ("f", c_short), ("flag", c_bool, 1)]


bits = Bits(-1, 31, 1 << 39, 3, -2, 7, True)
print([getattr(bits, name[0]) for name in Bits._fields_], sizeof(Bits), bytes(bits).hex())
print([getattr(Bits, name[0]) for name in Bits._fields_])
bits.a = 9
bits.e = 300
print(bits.a, bits.e, bits.c)


class Big(BigEndianStructure):
    _fields_ = [("a", c_short), ("b", c_int), ("c", c_int, 4), ("d", c_int, 12), ("e", c_double), ("f", c_ushort * 2)]


big = Big(1, -2, 3, 4, 1.5, (5, 6))
print(bytes(big).hex(), big.a, big.b, big.c, big.d, big.e, big.f[:], memoryview(big).format)


class Both(Union):
    class Halves(Structure):
        _fields_ = [("low", c_uint), ("high", c_uint)]

    _anonymous_ = ["halves"]
    _fields_ = [("whole", c_ulonglong), ("halves", Halves), ("letters", c_char * 8)]


both = Both(0x1122334455667788)
both.high += 1
print(hex(both.low), hex(both.high), hex(both.whole), both.letters, Both.high, sizeof(Both), memoryview(both).format)


class Node(Structure):
    pass


Node._fields_ = [("value", c_int), ("next", POINTER(Node))]
chain = None
for i in range(50):
    chain = Node(i, pointer(chain) if chain else None)
total, at = 0, chain
while True:
    total += at.value
    if not at.next:
        break
    at = at.next.contents
print(total)


class Line(Structure):
    _fields_ = [("start", Point), ("end", Point)]


line = Line((1, 2.0), Point(3, 4.0))
line.start.x = 10
start = line.start
start.y = 20
print(line.start.x, line.start.y, line.end.x, start._b_base_ is line, pickle.loads(pickle.dumps(line)).end.y)
error(Line, (1, 2, 3))
error(Line, 5)
points = (Point * 3)((1, 2), (3, 4))
print([(point.x, point.y) for point in points], sum(points[i % 3].x for i in range(1000)))
for i in range(2000):
    points[i % 3].x += i
print([point.x for point in points])
