// _sqlite3.h - the module _sqlite3: functions, errors and adapters. Connections, cursors and blobs have
// headers of their own.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_blob;

namespace krait {

KRT_MODULE(_sqlite3, "The database interface behind the module sqlite3.");
KRT_CLASS(sqlite_prepareprotocol, "PEP 246 style object adaption protocol type.");

/// What a connection shares with the objects that SQLite keeps for it: they know by it whether the connection
/// was closed, which ends theirs too. In malloc'ed memory, as finalizers run in any order.
struct SqlHandle;

struct SqlStatement : Object {
  SqlHandle *handle;
  sqlite3_stmt *stmt;
  bool changes; // INSERT, UPDATE, DELETE or REPLACE: begins a transaction
  bool busy;    // a cursor steps through it
};
struct SqlConnection : Object {
  SqlHandle *handle; // null before __init__
  int64_t detect;    // PARSE_DECLTYPES, PARSE_COLNAMES
  bool checkThread;
  uint64_t thread;
  Value isolation; // str or None
  Value rowFactory, textFactory;
  Dict *statements; // SQL -> SqlStatement, the longest unused first
  int64_t cacheSize;
  Dict *callbacks; // keeps what SQLite calls alive, by what it is for
  bool closed;
};
struct SqlCursor : Object {
  SqlConnection *connection; // null before __init__
  SqlStatement *statement;   // with rows to come, or null
  Value description, lastRow, rowFactory;
  Tuple *converters; // of the columns, None where there is none; or null
  int64_t arraySize, rowCount;
  bool closed, locked;
};
struct SqlRow : Object {
  Tuple *values;
  Value description;
};
struct SqlBlob : Object {
  SqlConnection *connection;
  SqlHandle *handle;
  sqlite3_blob *blob; // null: closed
  int64_t at;
};

extern "C" {
extern Class krt_sqlite_connection_class, krt_sqlite_cursor_class, krt_sqlite_row_class,
    krt_sqlite_blob_class, krt_sqlite_prepareprotocol_class;
KRT_MODULE_INIT(_sqlite3) bool krt__sqlite3_init(Module *module);
/// Opens a connection to the SQLite database file database.
///
/// You can use ":memory:" to open a database connection to a database that resides
/// in RAM instead of on disk.
KRT_FUNCTION(_sqlite3, "connect(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__sqlite3_connect_py(ArgSpan args, Dict *kwargs);
/// Checks if a string contains a complete SQL statement.
KRT_FUNCTION(_sqlite3, "complete_statement(statement)", KRT_RAISES, KRT_COLLECTS)
Value krt__sqlite3_completeStatement(Str *statement);
/// Enable or disable shared cache mode for the calling thread.
///
/// This method is deprecated and will be removed in Python 3.12.
/// Shared cache is strongly discouraged by the SQLite 3 documentation.
/// If shared cache must be used, open the database in URI mode using
/// the cache=shared query parameter.
KRT_FUNCTION(_sqlite3, "enable_shared_cache(do_enable)", KRT_RUNS_PY)
Value krt__sqlite3_enableSharedCache_py(int64_t do_enable);
/// Register a function to adapt Python objects to SQLite values.
KRT_FUNCTION(_sqlite3, "register_adapter(type, adapter, /)", KRT_RUNS_PY)
Value krt__sqlite3_registerAdapter_py(Value type, Value adapter);
/// Register a function to convert SQLite values to Python objects.
KRT_FUNCTION(_sqlite3, "register_converter(typename, converter, /)", KRT_RUNS_PY)
Value krt__sqlite3_registerConverter_py(Str *typename_, Value converter);
/// Enable or disable callback functions throwing errors to stderr.
KRT_FUNCTION(_sqlite3, "enable_callback_tracebacks(enable, /)")
void krt__sqlite3_enableCallbackTracebacks(bool enable);
/// Adapt given object to given protocol.
KRT_FUNCTION(_sqlite3, "adapt(obj, proto=<null>, alt=<null>, /)", KRT_RUNS_PY)
Value krt__sqlite3_adapt_py(Value obj, Value proto, Value alt);
KRT_NEW(sqlite_prepareprotocol, "PrepareProtocol(*args, **kwargs)", KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt_sqlite_prepareprotocol_create(Class *cls, ArgSpan args, Dict *kwargs);
}

} // namespace krait
