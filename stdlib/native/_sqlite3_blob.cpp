// _sqlite3_blob.cpp - see _sqlite3_blob.h. Open blobs are in the list of their connection's handle, which
// closes them with it.
#include "stdlib/native/_sqlite3_blob.h"

#include "stdlib/native/_sqlite3_connection.h"
#include "stdlib/native/_sqlite3_parts.h"

#include <algorithm>
#include <climits>
#include <unistd.h>

#include "stdlib/native/_sqlite3_blob.bind.inc"

namespace krait {

namespace {

SqlBlob *blobOf(Value v) { return v.as<SqlBlob>(); }

void closeBlob(SqlBlob *self) {
  if (!self->blob)
    return;
  auto &all = self->handle->blobs;
  all.erase(std::remove(all.begin(), all.end(), self), all.end());
  SqlUse use(self->handle);
  ::sqlite3_blob_close(self->blob);
  self->blob = nullptr;
}
void endBlob(Value v) {
  closeBlob(blobOf(v));
  dropHandle(blobOf(v)->handle);
  blobOf(v)->handle = nullptr;
}

bool checkBlob(SqlBlob *self) {
  if (!checkConnection(self->connection))
    return false;
  if (!self->blob)
    krt_raise(sqlErrors.programming, "Cannot operate on a closed blob.");
  return self->blob;
}

Value readAt(SqlBlob *self, int64_t at, int64_t size) {
  SqlUse use(self->handle);
  if (!use)
    return raiseClosed(), Value();
  Bytes *bytes = TRY(krt_bytes_raw(static_cast<size_t>(size)));
  int code;
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_blob_read(self->blob, bytes->data, static_cast<int>(size), static_cast<int>(at));
  }
  if (code == SQLITE_OK)
    return bytes;
  return code == SQLITE_ABORT ? krt_raise(sqlErrors.operational, "Cannot operate on modified blob")
                              : raiseSql_py(self->handle->db);
}

bool writeAt(SqlBlob *self, int64_t at, const void *data, int64_t size) {
  SqlUse use(self->handle);
  if (!use)
    return raiseClosed(), false;
  if (at + size > ::sqlite3_blob_bytes(self->blob)) {
    krt_raise(kValueError, "data longer than blob length");
    return false;
  }
  int code;
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_blob_write(self->blob, data, static_cast<int>(size), static_cast<int>(at));
  }
  if (code == SQLITE_ABORT)
    krt_raise(sqlErrors.operational, "Cannot operate on modified blob");
  else if (code != SQLITE_OK)
    raiseSql_py(self->handle->db);
  return code == SQLITE_OK;
}

int64_t blobLength(Value v) { return checkBlob(blobOf(v)) ? ::sqlite3_blob_bytes(blobOf(v)->blob) : -1; }

int blobContains(Value v, Value) { return raiseInt(kTypeError, "argument of type '%T' is not iterable", v); }

/// A position brought into the blob; -1 with an exception pending.
int64_t position_py(SqlBlob *self, Value key) {
  int64_t at = krt_index_i64_py(key, kIndexError), size = ::sqlite3_blob_bytes(self->blob);
  if (errorPending())
    return -1;
  if (at < 0)
    at += size;
  return at >= 0 && at < size ? at : raiseInt(kIndexError, "Blob index out of range");
}

Value blobItem_py(Value v, Value key) {
  SqlBlob *self = blobOf(v);
  if (!checkBlob(self))
    return {};
  if (classOf(key)->slots.index) {
    Value byte = TRY(readAt(self, TRY_INT(position_py(self, key)), 1));
    return smallInt(byte.as<Bytes>()->data[0]);
  }
  if (!isExact(key, krt_slice_class))
    return krt_raise(kTypeError, "Blob indices must be integers");
  int64_t start, stop, step;
  int64_t count =
      TRY_INT(krt_slice_adjust_py(key.as<Slice>(), ::sqlite3_blob_bytes(self->blob), &start, &stop, &step));
  if (!count)
    return krt_bytes_empty;
  if (step == 1)
    return readAt(self, start, count);
  int64_t low = step > 0 ? start : start + step * (count - 1), span = std::abs(step) * (count - 1) + 1;
  auto *whole = TRY(readAt(self, low, span)).as<Bytes>();
  Bytes *picked = TRY(krt_bytes_raw(static_cast<size_t>(count)));
  for (int64_t i = 0; i < count; ++i)
    picked->data[i] = whole->data[start + i * step - low];
  return picked;
}

int blobSetItem_py(Value v, Value key, Value value) {
  SqlBlob *self = blobOf(v);
  if (!checkBlob(self))
    return -1;
  bool index = classOf(key)->slots.index;
  if (!value)
    return raiseInt(kTypeError,
                    index ? "Blob doesn't support item deletion" : "Blob doesn't support slice deletion");
  if (index) {
    int64_t at = TRY_INT_OR_MINUS(position_py(self, key));
    if (!krt_int_check(value))
      return raiseInt(kTypeError, "'%T' object cannot be interpreted as an integer", value);
    int64_t number = krt_index_i64_py(value, nullptr);
    if (number < 0 || number > 255)
      return raiseInt(kValueError, "byte must be in range(0, 256)");
    auto byte = static_cast<uint8_t>(number);
    return writeAt(self, at, &byte, 1) ? 0 : -1;
  }
  if (!isExact(key, krt_slice_class))
    return raiseInt(kTypeError, "Blob indices must be integers");
  int64_t start, stop, step;
  int64_t count = TRY_INT_OR_MINUS(
      krt_slice_adjust_py(key.as<Slice>(), ::sqlite3_blob_bytes(self->blob), &start, &stop, &step));
  BytesLike bytes;
  if (!bytes.acquire_py(value))
    return -1;
  if (bytes.size() != count)
    return raiseInt(kIndexError, "Blob slice assignment is wrong size");
  if (!count)
    return 0;
  if (step == 1)
    return writeAt(self, start, bytes.data(), count) ? 0 : -1;
  int64_t low = step > 0 ? start : start + step * (count - 1), span = std::abs(step) * (count - 1) + 1;
  auto *whole = TRY_OR_MINUS(readAt(self, low, span)).as<Bytes>();
  for (int64_t i = 0; i < count; ++i)
    whole->data[start + i * step - low] = bytes.data()[i];
  return writeAt(self, low, whole->data, span) ? 0 : -1;
}

} // namespace

Value krt_sqlite_connection_blobopen_py(Value v, Str *table, Str *column, int64_t row, bool readonly,
                                        Str *name) {
  auto *connection = v.as<SqlConnection>();
  if (!checkConnection(connection))
    return {};
  size_t size;
  const char *database = name ? TRY(sqlChars(name, &size)) : "main", *tableName = TRY(sqlChars(table, &size)),
             *columnName = TRY(sqlChars(column, &size));
  sqlite3_blob *blob = nullptr;
  int code;
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_blob_open(db(connection), database, tableName, columnName, row, !readonly, &blob);
  }
  if (code != SQLITE_OK)
    return code == SQLITE_MISUSE ? krt_raise(sqlErrors.interface, "bad parameter or other API misuse")
                                 : raiseSql_py(db(connection));
  auto *self = gcNew<SqlBlob>(krt_sqlite_blob_class);
  self->connection = connection;
  self->handle = connection->handle;
  ++self->handle->users;
  self->handle->blobs.push_back(self);
  self->blob = blob;
  armFinalizer(self);
  return self;
}

Value krt_sqlite_blob_close(Value v) {
  if (!checkConnection(blobOf(v)->connection))
    return {};
  closeBlob(blobOf(v));
  return kNone;
}
Value krt_sqlite_blob_read_py(Value v, int length) {
  SqlBlob *self = blobOf(v);
  if (!checkBlob(self))
    return {};
  int64_t left = ::sqlite3_blob_bytes(self->blob) - self->at;
  int64_t size = length < 0 || length > left ? left : length;
  if (size == 0)
    return krt_bytes_empty;
  Value data = TRY(readAt(self, self->at, size));
  self->at += size;
  return data;
}
Value krt_sqlite_blob_write_py(Value v, Value data) {
  SqlBlob *self = blobOf(v);
  BytesLike bytes;
  if (!checkBlob(self) || !bytes.acquire_py(data) || !writeAt(self, self->at, bytes.data(), bytes.size()))
    return {};
  self->at += bytes.size();
  return kNone;
}
Value krt_sqlite_blob_seek_py(Value v, int64_t offset, int origin) {
  SqlBlob *self = blobOf(v);
  if (!checkBlob(self))
    return {};
  int64_t size = ::sqlite3_blob_bytes(self->blob);
  if (origin != SEEK_SET && origin != SEEK_CUR && origin != SEEK_END)
    return krt_raise(kValueError, "'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
  if (offset < INT_MIN || offset > INT_MAX - (origin == SEEK_CUR ? self->at : origin == SEEK_END ? size : 0))
    return krt_raise(kOverflowError, "seek offset results in overflow");
  int64_t at = offset + (origin == SEEK_SET ? 0 : origin == SEEK_CUR ? self->at : size);
  if (at < 0 || at > size)
    return krt_raise(kValueError, "offset out of blob range");
  self->at = at;
  return kNone;
}
Value krt_sqlite_blob_tell(Value v) { return checkBlob(blobOf(v)) ? smallInt(blobOf(v)->at) : Value(); }
Value krt_sqlite_blob_enter(Value v) { return checkBlob(blobOf(v)) ? v : Value(); }
Value krt_sqlite_blob_exit(Value v, Value, Value, Value) {
  if (!checkBlob(blobOf(v)))
    return {};
  closeBlob(blobOf(v));
  return kFalse;
}

extern "C" {
Class krt_sqlite_blob_class = {
    .flags = kClassDisallowNew | kClassWeakref,
    .nativeName = "sqlite3.Blob",
    .basicSize = sizeof(SqlBlob),
    .slots = {.length = blobLength,
              .contains = blobContains,
              .getitem = blobItem_py,
              .setitem = blobSetItem_py,
              .finalize = endBlob},
    .methods = krt_sqlite_blob_defs,
};
}

} // namespace krait
