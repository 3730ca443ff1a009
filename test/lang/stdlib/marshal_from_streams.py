# marshal.load reads through readinto(), no further than the value goes.
import io
import marshal


class Stream:
    def __init__(self, data, lie=0):
        self.inner = io.BytesIO(data)
        self.lie = lie

    def read(self, size):
        print("read", size)
        return self.inner.read(size)

    def readinto(self, room):
        print("readinto", len(room), type(room).__name__)
        return self.inner.readinto(room) + self.lie


stream = Stream(marshal.dumps((1, 2.5, "abc", b"", None)) + b"rest")
print(marshal.load(stream), stream.inner.read())
for wrong in io.StringIO("i"), Stream(b""), Stream(b"i\1"), Stream(b"i\1\0\0\0", 1), 5:
    try:
        marshal.load(wrong)
    except Exception as error:
        print(type(error).__name__, error)
