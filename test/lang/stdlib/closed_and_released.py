# Streams that are closed take no state; views released by an index take no bytes; NUL in a struct format; input() without streams.
import io
import struct
import sys

for stream, state in (io.BytesIO(), (b"abc", 0, None)), (io.StringIO(), ("abc", "", 0, None)):
    stream.__setstate__(state)
    print(stream.read())
    stream.close()
    try:
        stream.__setstate__(state)
    except ValueError as error:
        print(error)


class Releases:
    def __index__(self):
        view.release()
        return 4


for key in slice(None, Releases()), slice(Releases(), 8):
    data = bytearray(b"\xff" * 16)
    view = memoryview(data)
    try:
        view[key] = b"spam"
    except ValueError as error:
        print(error, data[:8])

for form in "\0", "2\0i", b"\0", "<\0":
    try:
        struct.calcsize(form)
    except struct.error as error:
        print(error)

streams = sys.stdin, sys.stdout
del sys.stdin
try:
    input()
except RuntimeError as error:
    print(error)
sys.stdin = streams[0]


class Base:
    pass


class Meta(Base, type):
    pass


class Made(metaclass=Meta):
    x = 1


try:
    Made.__dict__["x"] = 2
except TypeError as error:
    print(error)
print(Made.__dict__["x"])
