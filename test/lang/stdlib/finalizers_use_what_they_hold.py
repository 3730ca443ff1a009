# What a __del__ holds on to is not closed or freed before it, though both die together.
import bz2
import gc
import hashlib
import lzma
import mmap
import os
import select
import socket
import sqlite3
import tempfile
import warnings
import zlib
from _multiprocessing import SemLock
from xml.parsers import expat

said = []


class Late:
    def __init__(self, name, thing, use):
        self.name, self.thing, self.use = name, thing, use

    def __del__(self):
        try:
            said.append("%s %s" % (self.name, self.use(self.thing)))
        except Exception as error:
            said.append("%s %s %s" % (self.name, type(error).__name__, error))


class Kept:
    """Lives again, with its parts: they have to work ever after."""

    def __init__(self, *parts):
        self.parts = parts

    def __del__(self):
        revived.append(self)


revived = []


def semaphore():
    return SemLock(1, 1, 1, "/krait-late-%d" % os.getpid(), True)


def database():
    connection = sqlite3.connect(":memory:")
    connection.execute("create table t(a)")
    connection.execute("insert into t values (1), (2)")
    return connection


def cursor():
    rows = database().execute("select a from t")
    rows.fetchone()
    return rows


def parser():
    made = expat.ParserCreate()
    made.Parse("<a>")
    return made


def mapped():
    memory = mmap.mmap(-1, 100)
    memory[0:3] = b"abc"
    return memory


def packed(packer):
    return len(packer.compress(b"x" * 100) + packer.flush()) > 0


def main():
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "f")
    for name, make, use in [
        ("zlib", zlib.compressobj, packed),
        ("unzlib", zlib.decompressobj, lambda z: z.decompress(zlib.compress(b"abc"))),
        ("bz2", bz2.BZ2Compressor, packed),
        ("lzma", lzma.LZMACompressor, packed),
        ("sha", lambda: hashlib.sha256(b"a"), lambda h: h.hexdigest()[:8]),
        ("semaphore", semaphore, lambda s: (s.acquire(), s.release())),
        ("database", database, lambda c: c.execute("select count(*) from t").fetchall()),
        ("cursor", cursor, lambda c: c.fetchall()),
        ("expat", parser, lambda p: p.Parse("</a>", True)),
        ("epoll", select.epoll, lambda e: e.poll(0)),
        ("mmap", mapped, lambda m: m[0:3]),
        ("file", lambda: open(path, "w"), lambda f: f.write("abc")),
        ("raw", lambda: open(path + "2", "wb", buffering=0), lambda f: f.write(b"abc")),
        ("pair", socket.socketpair, lambda p: (p[0].send(b"abc"), p[1].recv(3))),
        ("folder", lambda: os.scandir(os.path.dirname(folder)), lambda d: next(d) is not None),
    ]:
        Late(name, make(), use)
    Kept(zlib.compressobj(), semaphore(), parser(), hashlib.sha256(b"b"))
    gc.collect()
    gc.collect()
    print("\n".join(sorted(said)))
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))
    os.rmdir(folder)

    gc.collect()
    packer, lock, reader, digest = revived[0].parts
    print(packed(packer), lock.acquire(), reader.Parse("</a>", True), digest.hexdigest()[:8])


warnings.simplefilter("ignore")
main()
