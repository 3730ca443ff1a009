// _sqlite3_cursor.h - cursors and rows of _sqlite3.
#pragma once

#include "stdlib/native/_sqlite3.h"

namespace krait {

KRT_CLASS(sqlite_cursor, "SQLite database cursor class.");

extern "C" {
KRT_INIT(sqlite_cursor, "Cursor(connection, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
bool krt_sqlite_cursor_init_py(Value self, Value connection);
/// Executes an SQL statement.
KRT_METHOD(sqlite_cursor, "execute(self, sql, parameters=(), /)", KRT_RUNS_PY)
Value krt_sqlite_cursor_execute_py(Value self, Value sql, Value parameters);
/// Repeatedly executes an SQL statement.
KRT_METHOD(sqlite_cursor, "executemany(self, sql, seq_of_parameters, /)", KRT_RUNS_PY)
Value krt_sqlite_cursor_executemany_py(Value self, Value sql, Value seq_of_parameters);
/// Executes multiple SQL statements at once.
KRT_METHOD(sqlite_cursor, "executescript(self, sql_script, /)", KRT_RUNS_PY)
Value krt_sqlite_cursor_executescript_py(Value self, Str *sql_script);
/// Fetches one row from the resultset.
KRT_METHOD(sqlite_cursor, "fetchone(self, /)", KRT_RUNS_PY) Value krt_sqlite_cursor_fetchone_py(Value self);
/// Fetches several rows from the resultset.
///
///   size
///     The default value is set by the Cursor.arraysize attribute.
KRT_METHOD(sqlite_cursor, "fetchmany(self, /, size=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sqlite_cursor_fetchmany_py(Value self, Value size);
/// Fetches all rows from the resultset.
KRT_METHOD(sqlite_cursor, "fetchall(self, /)", KRT_RUNS_PY) Value krt_sqlite_cursor_fetchall_py(Value self);
/// Closes the cursor.
KRT_METHOD(sqlite_cursor, "close(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_cursor_close(Value self);
/// Required by DB-API. Does nothing in sqlite3.
KRT_METHOD(sqlite_cursor, "setinputsizes(self, sizes, /)")
Value krt_sqlite_cursor_setinputsizes(Value self, Value sizes);
/// Required by DB-API. Does nothing in sqlite3.
KRT_METHOD(sqlite_cursor, "setoutputsize(self, size, column=None, /)")
Value krt_sqlite_cursor_setoutputsize(Value self, Value size, Value column);
KRT_GETTER(sqlite_cursor, "connection") Value krt_sqlite_cursor_connection(Value self);
KRT_GETTER(sqlite_cursor, "description") Value krt_sqlite_cursor_description(Value self);
KRT_GETTER(sqlite_cursor, "lastrowid") Value krt_sqlite_cursor_lastrowid(Value self);
KRT_GETTER(sqlite_cursor, "rowcount") int64_t krt_sqlite_cursor_rowcount(Value self);
KRT_GETTER(sqlite_cursor, "arraysize") int64_t krt_sqlite_cursor_arraysize(Value self);
KRT_SETTER(sqlite_cursor, "arraysize", KRT_RUNS_PY)
bool krt_sqlite_cursor_setArraysize_py(Value self, Value value);
KRT_GETTER(sqlite_cursor, "row_factory") Value krt_sqlite_cursor_rowFactory(Value self);
KRT_SETTER(sqlite_cursor, "row_factory", KRT_RAISES, KRT_COLLECTS)
bool krt_sqlite_cursor_setRowFactory(Value self, Value value);

KRT_NEW(sqlite_row, "Row(*args, **kwargs)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_sqlite_row_create_py(Class *cls, ArgSpan args, Dict *kwargs);
/// Returns the keys of the row.
KRT_METHOD(sqlite_row, "keys(self, /)", KRT_RAISES, KRT_COLLECTS) Value krt_sqlite_row_keys(Value self);
}

} // namespace krait
