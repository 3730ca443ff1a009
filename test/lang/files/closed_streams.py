import io
import os


def answer(call, *args):
    try:
        return call(*args)
    except (ValueError, OSError) as error:
        return f"{type(error).__name__}: {error}"


def names(stream):
    stream.close()
    for name in ("read", "readline", "tell", "flush", "isatty", "readable", "writable", "seekable", "fileno", "__next__", "__enter__", "truncate", "getvalue", "detach"):
        if hasattr(stream, name):
            print(name, answer(getattr(stream, name)))
    print(iter(stream) is stream if isinstance(stream, io.BytesIO) else answer(stream.__iter__))


for stream in (io.StringIO("a"), io.BytesIO(b"a"), open(os.devnull), open(os.devnull, "rb"), open(os.devnull, "rb", 0), open(os.devnull, "wb")):
    print(type(stream).__name__)
    names(stream)
