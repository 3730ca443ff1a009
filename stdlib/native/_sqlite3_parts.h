// _sqlite3_parts.h - what the files of _sqlite3 share.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/interp/global_lock.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/codecs.h"
#include "runtime/object/iteration.h"
#include "stdlib/native/_sqlite3.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/library_lock.h"

#include <sqlite3.h>

#include <vector>

namespace krait {

struct SqlHandle {
  sqlite3 *db = nullptr; // null: closed
  int users = 1;
  std::vector<SqlBlob *> blobs; // open ones; their finalizers take them out
};
void dropHandle(SqlHandle *handle);
/// Lets the class's finalize slot run for [object], as it does by itself for classes with __del__ and what is
/// referred to weakly.
void armFinalizer(Object *object);
/// Ends all statements and blobs, and the connection.
void closeHandle(SqlHandle *handle);

// DB-API's exceptions, as addException keeps them.
struct SqlErrors {
  Class *warning, *error, *interface, *database, *data, *operational, *integrity, *internal, *programming,
      *notSupported;
};
extern SqlErrors sqlErrors;
extern Dict *sqlConverters;
extern bool sqlTracebacks; // of callbacks

/// Raises what SQLite says of its last error.
Value raiseSql_py(sqlite3 *db);
/// Reports (or drops) the exception that a callback ended with.
void endCallback(Value callable);
/// Adapts a parameter that SQLite has no type for; itself if there is no way. Null with an exception pending.
Value adaptParameter_py(Value parameter);

/// Whether the connection is open and the calling thread may use it; ProgrammingError pending otherwise.
bool checkThread(SqlConnection *self);
bool checkConnection(SqlConnection *self);
inline sqlite3 *db(SqlConnection *self) { return self->handle->db; }

/// A prepared statement out of the connection's cache; null with an exception pending.
SqlStatement *prepare_py(SqlConnection *self, Str *sql);
/// One step with the lock given up; SQLITE_ROW, SQLITE_DONE or an error code.
int stepStatement(SqlHandle *handle, sqlite3_stmt *stmt);
inline int stepStatement(SqlStatement *statement) {
  return stepStatement(statement->handle, statement->stmt);
}
inline void resetStatement(SqlStatement *statement) {
  if (statement->handle->db)
    ::sqlite3_reset(statement->stmt);
  statement->busy = false;
}
/// ProgrammingError: the connection is closed.
void raiseClosed();
/// A thread's turn at a connection. SQLite has a mutex for each, which a thread holds while it waits for the
/// interpreter's lock in a callback: no thread may wait for the mutex while it holds the lock. Taken by
/// everything that calls SQLite and does not give the lock up for it; may be taken again by the thread that
/// has it. False: the connection is closed, maybe since a moment ago.
class SqlUse {
public:
  explicit SqlUse(SqlHandle *handle);
  /// After checkConnection(); with an exception pending if it is false.
  explicit SqlUse(SqlConnection *connection);
  ~SqlUse();
  SqlUse(const SqlUse &) = delete;
  explicit operator bool() const { return db_; }

private:
  SqlHandle *handle_;
  sqlite3 *db_;
};

/// Runs a statement that gives no rows.
bool runPlain_py(SqlConnection *self, const char *sql);

/// Text of SQLite's, which may be wrong UTF-8: null then, without an exception.
Str *sqlText(const void *text, int64_t size);
/// A str without null characters as UTF-8; null with an exception pending.
const char *sqlChars(Str *text, size_t *size);

using SqlUnlocked = LibraryUnlocked;
using SqlCallbackScope = LibraryCallback;

} // namespace krait
