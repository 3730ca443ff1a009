// _io_file.h - FileIO: the unbuffered file.
#pragma once

#include "stdlib/native/io_streams.h"

namespace krait {

KRT_CLASS(fileio, "A file without a buffer.\n\nThe file is a path, or the number of an open descriptor.");

extern "C" {
KRT_INIT(fileio, "FileIO(file, mode='r', closefd=True, opener=None)", KRT_RUNS_PY)
bool krt_fileio_init_py(FileIO *self, Value file, Str *mode, bool closefd, Value opener);
/// Read at most size bytes with one call of the system; None if that would block.
KRT_METHOD(fileio, "read(self, size=-1, /)", KRT_RUNS_PY)
Value krt_fileio_read_py(FileIO *self, Value size);
/// Read until the end.
KRT_METHOD(fileio, "readall(self, /)", KRT_RUNS_PY)
Value krt_fileio_readall_py(FileIO *self);
/// Read into the buffer and return the number of bytes.
KRT_METHOD(fileio, "readinto(self, buffer, /)", KRT_RUNS_PY)
Value krt_fileio_readinto_py(FileIO *self, Value buffer);
/// Write bytes and return the number written, or None if that would block.
KRT_METHOD(fileio, "write(self, b, /)", KRT_RUNS_PY)
Value krt_fileio_write_py(FileIO *self, Value data);
/// Change the position and return the new one.
KRT_METHOD(fileio, "seek(self, pos, whence=0, /)", KRT_RUNS_PY)
Value krt_fileio_seek_py(FileIO *self, Value pos, int whence);
/// The current position.
KRT_METHOD(fileio, "tell(self, /)", KRT_RUNS_PY)
Value krt_fileio_tell_py(FileIO *self);
/// Set the size of the file.
KRT_METHOD(fileio, "truncate(self, size=None, /)", KRT_RUNS_PY)
Value krt_fileio_truncate_py(FileIO *self, Value size);
/// Close the file.
KRT_METHOD(fileio, "close(self, /)", KRT_RUNS_PY)
Value krt_fileio_close_py(FileIO *self);
/// Whether the position can be changed.
KRT_METHOD(fileio, "seekable(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_fileio_seekable(FileIO *self);
/// Whether the file was opened for reading.
KRT_METHOD(fileio, "readable(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_fileio_readable(FileIO *self);
/// Whether the file was opened for writing.
KRT_METHOD(fileio, "writable(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_fileio_writable(FileIO *self);
/// The descriptor.
KRT_METHOD(fileio, "fileno(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_fileio_fileno(FileIO *self);
/// Whether the file is a terminal.
KRT_METHOD(fileio, "isatty(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_fileio_isatty(FileIO *self);
KRT_METHOD(fileio, "_dealloc_warn(self, source, /)", KRT_NO_SIGNATURE)
Value krt_fileio_deallocWarn(FileIO *self, Value source);
/// True if the file is closed
KRT_GETTER(fileio, "closed") Value krt_fileio_closed(FileIO *self);
KRT_GETTER(fileio, "closefd") Value krt_fileio_closefd(FileIO *self);
KRT_GETTER(fileio, "mode", KRT_COLLECTS, KRT_RAISES) Value krt_fileio_mode(FileIO *self);
KRT_GETTER(fileio, "_blksize", KRT_RAISES, KRT_COLLECTS) Value krt_fileio_blksize(FileIO *self);
KRT_SETTER(fileio, "_blksize", KRT_RUNS_PY) bool krt_fileio_setBlksize_py(FileIO *self, Value value);
}

} // namespace krait
