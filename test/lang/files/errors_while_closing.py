"""flush() and close() that fail: the stream is closed all the same, and the first error is the context of the second."""
import io


class Raw(io.RawIOBase):
    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def seek(self, *where):
        return 0

    def tell(self):
        return 0

    def readinto(self, target):
        return b""


def fail(word):
    def function():
        raise OSError(word)
    return function


def show(function, *args):
    try:
        print(repr(function(*args)))
    except Exception as error:
        print(type(error).__name__, error, repr(error.__context__), repr(error.__cause__))


for kind in io.BufferedReader, io.BufferedWriter, io.BufferedRandom:
    stream = kind(Raw())
    raw = stream.raw
    stream.flush, raw.close = fail("flush"), fail("close")
    show(stream.close)
    del stream.flush, raw.close
text = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
text.flush = fail("flush")
show(text.close)
print(text.closed, text.buffer.closed)
reader, writer = Raw(), Raw()
pair = io.BufferedRWPair(reader, writer)
reader.close, writer.close = fail("reader"), fail("writer")
show(pair.close)
del reader.close, writer.close
show(io.BufferedReader(Raw()).readline)


class Neither(io.BytesIO):
    def readable(self):
        return False

    def writable(self):
        return False


text = io.TextIOWrapper(Neither(), encoding="ascii")
show(text.read)
show(text.write, "x")
buffer = text.detach()
print(repr(text))
