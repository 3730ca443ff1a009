# mmap: files and anonymous memory, slices, positions, limits, errors; shared memory by name.
import mmap, tempfile
from multiprocessing import shared_memory

def t(s):
    try:
        print(s, "->", eval(s))
    except (BufferError, Exception) as e:  # named, for the sake of views in use
        print(s, "->", type(e).__name__, e)

f = tempfile.TemporaryFile()
f.write(b"0123456789" * 10)
f.flush()
m = mmap.mmap(f.fileno(), 0)
r = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
a = mmap.mmap(-1, 20)
for s in ["mmap.mmap()", "mmap.mmap(-1, -1)", "mmap.mmap(f.fileno(), 1000)", "mmap.mmap(f.fileno(), 0, offset=4096)", "mmap.mmap(f.fileno(), 0, access=9)",
          "mmap.mmap(f.fileno(), 0, access=1, prot=1)", "m", "m[0]", "m[1000]", "m['x']", "m[1:3]", "m[::2][:4]", "r.__setitem__(0, 1)", "m.__setitem__(0, 300)",
          "m.__setitem__(0, 'x')", "m.__setitem__(0, 65)", "m.__setitem__(slice(0, 2), b'abc')", "m.__setitem__(slice(0, 2), b'xy')", "m.__setitem__(slice(0, 6, 3), b'QQ')",
          "m[:10]", "m.find(b'4')", "m.find(b'zz')", "m.rfind(b'4')", "m.read(4)", "m.tell()", "m.read_byte()", "m.readline()[:5]", "m.seek(-1)", "m.seek(0, 9)",
          "m.seek(-3, 2)", "m.write(b'abcdef')", "m.write(b'ab')", "m.write_byte(1)", "m.read_byte()", "m.size()", "m.move(0, 5, 3)", "m.move(0, 500, 3)", "m.flush()",
          "m.flush(0, 5000)", "m.resize(50)", "r.resize(3)", "a.resize(40)", "b'0' in m", "65 in m", "memoryview(r).readonly", "list(m)[:2]", "m.close()", "m", "m[0]"]:
    t(s)
view = memoryview(a)
t("a.close()")
t("a.resize(3)")
view.release()
a.close()
print(a.closed)

one = shared_memory.SharedMemory(create=True, size=10)
one.buf[0] = 97
two = shared_memory.SharedMemory(one.name)
print(two.buf[0])
two.close()
one.close()
one.unlink()
try:
    shared_memory.SharedMemory("no such memory")
except FileNotFoundError as e:
    print(type(e).__name__)
