// _io_bytes.h - BytesIO: bytes in memory as a stream.
#pragma once

#include "stdlib/native/io_streams.h"

namespace krait {

KRT_CLASS(bytesio, "A stream over bytes in memory.");

extern "C" {
KRT_INIT(bytesio, "BytesIO(initial_bytes=b'')", KRT_RUNS_PY)
bool krt_bytesio_init_py(BytesStream *self, Value initial);
/// Read size bytes, or all that are left.
KRT_METHOD(bytesio, "read(self, size=-1, /)", KRT_RUNS_PY)
KRT_METHOD(bytesio, "read1(self, size=-1, /)", KRT_RUNS_PY)
Value krt_bytesio_read_py(BytesStream *self, Value size);
/// Read one line, or at most size bytes of it.
KRT_METHOD(bytesio, "readline(self, size=-1, /)", KRT_RUNS_PY)
Value krt_bytesio_readline_py(BytesStream *self, Value size);
/// A list of lines, read until their sizes add up to the argument.
KRT_METHOD(bytesio, "readlines(self, size=None, /)", KRT_RUNS_PY)
Value krt_bytesio_readlines_py(BytesStream *self, Value size);
/// Fill the buffer and return the number of bytes.
KRT_METHOD(bytesio, "readinto(self, buffer, /)", KRT_RUNS_PY)
Value krt_bytesio_readinto_py(BytesStream *self, Value buffer);
/// Write bytes and return their number.
KRT_METHOD(bytesio, "write(self, b, /)", KRT_RUNS_PY)
Value krt_bytesio_write_py(BytesStream *self, Value data);
/// Write the items one after the other.
KRT_METHOD(bytesio, "writelines(self, lines, /)", KRT_RUNS_PY)
Value krt_bytesio_writelines_py(BytesStream *self, Value lines);
/// Change the position and return the new one.
KRT_METHOD(bytesio, "seek(self, pos, whence=0, /)", KRT_RUNS_PY)
Value krt_bytesio_seek_py(BytesStream *self, Value pos, int whence);
/// The current position.
KRT_METHOD(bytesio, "tell(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytesio_tell(BytesStream *self);
/// Cut off what is behind the given or the current position.
KRT_METHOD(bytesio, "truncate(self, size=None, /)", KRT_RUNS_PY)
Value krt_bytesio_truncate_py(BytesStream *self, Value size);
/// All bytes.
KRT_METHOD(bytesio, "getvalue(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytesio_getvalue(BytesStream *self);
/// A view of the bytes that can be read and written through.
KRT_METHOD(bytesio, "getbuffer(self, /)", KRT_RUNS_PY)
Value krt_bytesio_getbuffer_py(BytesStream *self);
KRT_METHOD(bytesio, "flush(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytesio_flush(BytesStream *self);
/// Give up the memory.
KRT_METHOD(bytesio, "close(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytesio_close(BytesStream *self);
KRT_METHOD(bytesio, "readable(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(bytesio, "writable(self, /)", KRT_RAISES, KRT_COLLECTS)
KRT_METHOD(bytesio, "seekable(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytesio_able(BytesStream *self);
KRT_METHOD(bytesio, "isatty(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_bytesio_isatty(BytesStream *self);
KRT_METHOD(bytesio, "__getstate__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_bytesio_getstate_py(BytesStream *self);
KRT_METHOD(bytesio, "__setstate__(self, state, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_bytesio_setstate_py(BytesStream *self, Value state);
KRT_GETTER(bytesio, "closed") Value krt_bytesio_closed(BytesStream *self);
}

} // namespace krait
