# Views of a mapping that nobody holds any more do not keep it from closing.
import mmap
from ctypes import c_int
from multiprocessing import shared_memory


def look(source):
    view = memoryview(source)
    return bytes(view[:5]), view[1:3].tobytes(), c_int.from_buffer(view, 8).value


mapped = mmap.mmap(-1, 4096)
mapped[:5] = b"hello"
print(look(mapped))
mapped.resize(8192)
held = memoryview(mapped)
try:
    mapped.close()
except BufferError as error:
    print(error)
held.release()
print(look(mapped))
mapped.close()
print(mapped.closed)

shared = shared_memory.SharedMemory(create=True, size=512)
shared.buf[:5] = b"words"
print(bytes(shared.buf[:5]), bytes(shared.buf[2:4]))
shared.close()
shared.unlink()
