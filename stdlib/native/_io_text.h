// _io_text.h - TextIOWrapper: text over a buffered binary stream.
#pragma once

#include "stdlib/native/io_streams.h"

namespace krait {

KRT_CLASS(textiowrapper, "Text over a binary stream.\n\nBytes are decoded and encoded, line ends translated.");

extern "C" {
KRT_INIT(textiowrapper, "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)", KRT_RUNS_PY)
bool krt_textiowrapper_init_py(TextWrapper *self, Value buffer, Value encoding, Value errors, Value newline, bool lineBuffering, bool writeThrough);
/// Change how text is written from here on.
KRT_METHOD(textiowrapper, "reconfigure(self, /, *, encoding=None, errors=None, newline=<null>, line_buffering=None, write_through=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_textiowrapper_reconfigure_py(TextWrapper *self, Value encoding, Value errors, Value newline, Value lineBuffering, Value writeThrough);
/// Give up the buffer and return it.
KRT_METHOD(textiowrapper, "detach(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_detach_py(TextWrapper *self);
/// Write text and return the number of its characters.
KRT_METHOD(textiowrapper, "write(self, text, /)", KRT_RUNS_PY)
Value krt_textiowrapper_write_py(TextWrapper *self, Value text);
/// Read at most size characters, or all.
KRT_METHOD(textiowrapper, "read(self, size=-1, /)", KRT_RUNS_PY)
Value krt_textiowrapper_read_py(TextWrapper *self, Value size);
/// Read one line, or at most size characters of it.
KRT_METHOD(textiowrapper, "readline(self, size=-1, /)", KRT_RUNS_PY)
Value krt_textiowrapper_readline_py(TextWrapper *self, int64_t size);
/// Write out what is buffered.
KRT_METHOD(textiowrapper, "flush(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_flush_py(TextWrapper *self);
/// Flush and close the stream.
KRT_METHOD(textiowrapper, "close(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_close_py(TextWrapper *self);
KRT_METHOD(textiowrapper, "fileno(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_fileno_py(TextWrapper *self);
KRT_METHOD(textiowrapper, "seekable(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_seekable_py(TextWrapper *self);
KRT_METHOD(textiowrapper, "readable(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_readable_py(TextWrapper *self);
KRT_METHOD(textiowrapper, "writable(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_writable_py(TextWrapper *self);
KRT_METHOD(textiowrapper, "isatty(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_isatty_py(TextWrapper *self);
/// Go to a position that tell() gave.
KRT_METHOD(textiowrapper, "seek(self, cookie, whence=0, /)", KRT_RUNS_PY)
Value krt_textiowrapper_seek_py(TextWrapper *self, Value cookie, int whence);
/// The position, as a number for seek().
KRT_METHOD(textiowrapper, "tell(self, /)", KRT_RUNS_PY)
Value krt_textiowrapper_tell_py(TextWrapper *self);
/// Set the size of the file in bytes.
KRT_METHOD(textiowrapper, "truncate(self, pos=None, /)", KRT_RUNS_PY)
Value krt_textiowrapper_truncate_py(TextWrapper *self, Value pos);
KRT_METHOD(textiowrapper, "__getstate__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_textiowrapper_getstate_py(TextWrapper *self);
KRT_GETTER(textiowrapper, "encoding") Value krt_textiowrapper_encoding(TextWrapper *self);
KRT_GETTER(textiowrapper, "errors", KRT_RAISES, KRT_COLLECTS) Value krt_textiowrapper_errors(TextWrapper *self);
KRT_GETTER(textiowrapper, "buffer", KRT_RAISES, KRT_COLLECTS) Value krt_textiowrapper_buffer(TextWrapper *self);
KRT_GETTER(textiowrapper, "line_buffering") Value krt_textiowrapper_lineBuffering(TextWrapper *self);
KRT_GETTER(textiowrapper, "write_through") Value krt_textiowrapper_writeThrough(TextWrapper *self);
KRT_GETTER(textiowrapper, "name", KRT_RUNS_PY) Value krt_textiowrapper_name_py(TextWrapper *self);
KRT_GETTER(textiowrapper, "closed", KRT_RUNS_PY) Value krt_textiowrapper_closed_py(TextWrapper *self);
KRT_GETTER(textiowrapper, "newlines", KRT_RUNS_PY) Value krt_textiowrapper_newlines_py(TextWrapper *self);
KRT_GETTER(textiowrapper, "_CHUNK_SIZE", KRT_RAISES, KRT_COLLECTS) Value krt_textiowrapper_chunkSize(TextWrapper *self);
KRT_SETTER(textiowrapper, "_CHUNK_SIZE", KRT_RUNS_PY) bool krt_textiowrapper_setChunkSize_py(TextWrapper *self, Value value);
}

} // namespace krait
