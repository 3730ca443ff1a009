// mmap.h - the module mmap: files and anonymous memory mapped into the process.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

enum class MapAccess : int { Default, Read, Write, Copy };
struct MemoryMap : Object {
  uint8_t *data; // null: closed
  uint8_t *left; // what was data when it was closed although views may be about: unmapped with the object
  int64_t length, position, offset, exports;
  int32_t fd, flags; // fd -1: anonymous
  MapAccess access;
  int32_t protection;
};
struct MemoryMapIter : Object {
  Value map; // null when exhausted
  int64_t index;
};

KRT_MODULE(mmap, "Memory-mapped files.");
KRT_CLASS(memory_map,
          "mmap(fileno, length[, flags[, prot[, access[, offset]]]])\n\nMaps length bytes of a file into "
          "memory, from an offset on; length 0 means all of it. fileno -1 maps anonymous memory.\n"
          "flags, prot and access say how the memory may be used; access is ACCESS_READ, ACCESS_WRITE or "
          "ACCESS_COPY.");

extern "C" {
extern Class krt_memory_map_class, krt_memory_map_iter_class;
KRT_MODULE_INIT(mmap, KRT_RAISES, KRT_COLLECTS) bool krt_mmap_init(Module *module);

KRT_METHOD(memory_map, "close(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_close(Value self);
KRT_GETTER(memory_map, "closed") bool krt_memory_map_closed(Value self);
KRT_METHOD(memory_map, "find(self, sub, start=<null>, end=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_find_py(Value self, Value sub, Value start, Value end);
KRT_METHOD(memory_map, "rfind(self, sub, start=<null>, end=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_rfind_py(Value self, Value sub, Value start, Value end);
KRT_METHOD(memory_map, "flush(self, offset=<null>, size=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_flush_py(Value self, Value offset, Value size);
KRT_METHOD(memory_map, "madvise(self, option, start=<null>, length=<null>, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_madvise_py(Value self, int option, Value start, Value length);
KRT_METHOD(memory_map, "move(self, dest, src, count, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_move(Value self, int64_t dest, int64_t src, int64_t count);
KRT_METHOD(memory_map, "read(self, n=None, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_read_py(Value self, Value n);
KRT_METHOD(memory_map, "read_byte(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_readByte(Value self);
KRT_METHOD(memory_map, "readline(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_readline(Value self);
KRT_METHOD(memory_map, "resize(self, newsize, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_resize(Value self, int64_t size);
KRT_METHOD(memory_map, "seek(self, pos, whence=0, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_seek(Value self, int64_t position, int whence);
KRT_METHOD(memory_map, "size(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_size(Value self);
KRT_METHOD(memory_map, "tell(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_tell(Value self);
KRT_METHOD(memory_map, "write(self, bytes, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_write_py(Value self, Value bytes);
KRT_METHOD(memory_map, "write_byte(self, byte, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_memory_map_writeByte_py(Value self, Value byte);
KRT_METHOD(memory_map, "__enter__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_enter(Value self);
KRT_METHOD(memory_map, "__exit__(self, *args)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_memory_map_exit(Value self, ArgSpan args);
KRT_METHOD(memory_map, "__sizeof__(self, /)", KRT_NO_SIGNATURE) int64_t krt_memory_map_sizeof(Value self);
}

} // namespace krait
