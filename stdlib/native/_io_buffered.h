// _io_buffered.h - buffered binary streams over a raw stream.
#pragma once

#include "stdlib/native/io_streams.h"

namespace krait {

/// BufferedRWPair: one stream to read from, another to write to.
struct BufferedPair : Object {
  Value reader, writer; // Buffered; null before __init__
};

KRT_CLASS(buffered_reader, "A buffer for a raw stream that is read.");
KRT_CLASS(buffered_writer, "A buffer for a raw stream that is written to.");
KRT_CLASS(buffered_random, "A buffer for a raw stream with a position that is read and written to.");
KRT_CLASS(buffered_rwpair, "Two raw streams, one to read from and one to write to, each with a buffer.");

extern "C" {
KRT_INIT(buffered_reader, "BufferedReader(raw, buffer_size=8192)", KRT_RUNS_PY)
bool krt_buffered_reader_init_py(Buffered *self, Value raw, int64_t size);
KRT_INIT(buffered_writer, "BufferedWriter(raw, buffer_size=8192)", KRT_RUNS_PY)
bool krt_buffered_writer_init_py(Buffered *self, Value raw, int64_t size);
KRT_INIT(buffered_random, "BufferedRandom(raw, buffer_size=8192)", KRT_RUNS_PY)
bool krt_buffered_random_init_py(Buffered *self, Value raw, int64_t size);
KRT_INIT(buffered_rwpair, "BufferedRWPair(reader, writer, buffer_size=8192, /)", KRT_RUNS_PY)
bool krt_buffered_rwpair_init_py(BufferedPair *self, Value reader, Value writer, int64_t size);

#define BOTH_READ(signature, ...)                                                                            \
  KRT_METHOD(buffered_reader, signature, KRT_RUNS_PY __VA_OPT__(, ) __VA_ARGS__)                             \
  KRT_METHOD(buffered_random, signature, KRT_RUNS_PY __VA_OPT__(, ) __VA_ARGS__)
#define BOTH_WRITE(signature, ...)                                                                           \
  KRT_METHOD(buffered_writer, signature, KRT_RUNS_PY __VA_OPT__(, ) __VA_ARGS__)                             \
  KRT_METHOD(buffered_random, signature, KRT_RUNS_PY __VA_OPT__(, ) __VA_ARGS__)
#define ALL_THREE(signature, ...)                                                                            \
  KRT_METHOD(buffered_reader, signature, KRT_RUNS_PY __VA_OPT__(, ) __VA_ARGS__)                             \
  BOTH_WRITE(signature __VA_OPT__(, ) __VA_ARGS__)

/// Size in memory, in bytes, with the buffer.
ALL_THREE("__sizeof__(self, /)")
Value krt_buffered_sizeof_py(Value self);
/// Read size bytes, or all until the end.
BOTH_READ("read(self, size=-1, /)")
Value krt_buffered_read_py(Value self, Value size);
/// Read at most size bytes with at most one read of the raw stream.
BOTH_READ("read1(self, size=-1, /)")
Value krt_buffered_read1_py(Value self, int64_t size);
/// Fill the buffer and return the number of bytes.
BOTH_READ("readinto(self, buffer, /)")
Value krt_buffered_readinto_py(Value self, Value buffer);
/// As readinto, with at most one read of the raw stream.
BOTH_READ("readinto1(self, buffer, /)")
Value krt_buffered_readinto1_py(Value self, Value buffer);
/// Bytes that come next, without moving on.
BOTH_READ("peek(self, size=0, /)")
Value krt_buffered_peek_py(Value self, int64_t size);
/// Read one line, or at most size bytes of it.
BOTH_READ("readline(self, size=-1, /)")
Value krt_buffered_readline_py(Value self, Value size);
/// Write bytes; they may stay in the buffer.
BOTH_WRITE("write(self, buffer, /)")
Value krt_buffered_write_py(Value self, Value data);
/// Write out what is in the buffer.
ALL_THREE("flush(self, /)")
Value krt_buffered_flush_py(Value self);
/// Change the position and return the new one.
ALL_THREE("seek(self, target, whence=0, /)")
Value krt_buffered_seek_py(Value self, Value target, int whence);
/// The current position.
ALL_THREE("tell(self, /)")
Value krt_buffered_tell_py(Value self);
/// Set the size of the file.
ALL_THREE("truncate(self, pos=None, /)")
Value krt_buffered_truncate_py(Value self, Value pos);
/// Flush and close the raw stream.
ALL_THREE("close(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_close_py(Value self);
/// Give up the raw stream and return it.
ALL_THREE("detach(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_detach_py(Value self);
ALL_THREE("seekable(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_seekable_py(Value self);
BOTH_READ("readable(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_readable_py(Value self);
BOTH_WRITE("writable(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_writable_py(Value self);
ALL_THREE("fileno(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_fileno_py(Value self);
ALL_THREE("isatty(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_isatty_py(Value self);
ALL_THREE("_dealloc_warn(self, source, /)", KRT_NO_SIGNATURE)
Value krt_buffered_deallocWarn_py(Value self, Value source);
ALL_THREE("__getstate__(self, /)", KRT_NO_SIGNATURE)
Value krt_buffered_getstate_py(Value self);
KRT_GETTER(buffered_reader, "raw")
KRT_GETTER(buffered_writer, "raw") KRT_GETTER(buffered_random, "raw") Value krt_buffered_raw(Value self);
KRT_GETTER(buffered_reader, "closed", KRT_RUNS_PY)
KRT_GETTER(buffered_writer, "closed", KRT_RUNS_PY) KRT_GETTER(buffered_random, "closed", KRT_RUNS_PY) Value
    krt_buffered_closed_py(Value self);
KRT_GETTER(buffered_reader, "name", KRT_RUNS_PY)
KRT_GETTER(buffered_writer, "name", KRT_RUNS_PY) KRT_GETTER(buffered_random, "name", KRT_RUNS_PY) Value
    krt_buffered_name_py(Value self);
KRT_GETTER(buffered_reader, "mode", KRT_RUNS_PY)
KRT_GETTER(buffered_writer, "mode", KRT_RUNS_PY) KRT_GETTER(buffered_random, "mode", KRT_RUNS_PY) Value
    krt_buffered_mode_py(Value self);

KRT_METHOD(buffered_rwpair, "read(self, size=-1, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_read_py(BufferedPair *self, Value size);
KRT_METHOD(buffered_rwpair, "peek(self, size=0, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_peek_py(BufferedPair *self, Value size);
KRT_METHOD(buffered_rwpair, "read1(self, size=-1, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_read1_py(BufferedPair *self, Value size);
KRT_METHOD(buffered_rwpair, "readinto(self, buffer, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_readinto_py(BufferedPair *self, Value buffer);
KRT_METHOD(buffered_rwpair, "readinto1(self, buffer, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_readinto1_py(BufferedPair *self, Value buffer);
KRT_METHOD(buffered_rwpair, "write(self, buffer, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_write_py(BufferedPair *self, Value data);
KRT_METHOD(buffered_rwpair, "flush(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_flush_py(BufferedPair *self);
KRT_METHOD(buffered_rwpair, "readable(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_readable_py(BufferedPair *self);
KRT_METHOD(buffered_rwpair, "writable(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_writable_py(BufferedPair *self);
KRT_METHOD(buffered_rwpair, "close(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_close_py(BufferedPair *self);
KRT_METHOD(buffered_rwpair, "isatty(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_rwpair_isatty_py(BufferedPair *self);
KRT_GETTER(buffered_rwpair, "closed", KRT_RUNS_PY)
Value krt_rwpair_closed_py(BufferedPair *self);
}

} // namespace krait
