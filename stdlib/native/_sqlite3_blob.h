// _sqlite3_blob.h - values of a database that are read and written in parts.
#pragma once

#include "stdlib/native/_sqlite3.h"

namespace krait {

extern "C" {
/// Close the blob.
KRT_METHOD(sqlite_blob, "close(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sqlite_blob_close(Value self);
/// Read data at the current offset position.
///
///   length
///     Read length in bytes.
///
/// If the end of the blob is reached, the data up to end of file will be returned.
/// When length is not specified, or is negative, Blob.read() will read until the
/// end of the blob.
KRT_METHOD(sqlite_blob, "read(self, length=-1, /)", KRT_RUNS_PY)
Value krt_sqlite_blob_read_py(Value self, int length);
/// Write data at the current offset.
///
/// This function cannot change the blob length.  Writing beyond the end of the
/// blob will result in an exception being raised.
KRT_METHOD(sqlite_blob, "write(self, data, /)", KRT_RUNS_PY)
Value krt_sqlite_blob_write_py(Value self, Value data);
/// Set the current access position to offset.
///
/// The origin argument defaults to os.SEEK_SET (absolute blob positioning).
/// Other values for origin are os.SEEK_CUR (seek relative to the current position)
/// and os.SEEK_END (seek relative to the blob's end).
KRT_METHOD(sqlite_blob, "seek(self, offset, origin=0, /)", KRT_RUNS_PY)
Value krt_sqlite_blob_seek_py(Value self, int64_t offset, int origin);
/// Return the current access position for the blob.
KRT_METHOD(sqlite_blob, "tell(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sqlite_blob_tell(Value self);
/// Blob context manager enter.
KRT_METHOD(sqlite_blob, "__enter__(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_blob_enter(Value self);
/// Blob context manager exit.
KRT_METHOD(sqlite_blob, "__exit__(self, type, val, tb, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_blob_exit(Value self, Value type, Value val, Value tb);
}

} // namespace krait
