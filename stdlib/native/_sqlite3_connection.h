// _sqlite3_connection.h - connections of _sqlite3.
#pragma once

#include "stdlib/native/_sqlite3.h"

namespace krait {

KRT_CLASS(sqlite_connection, "SQLite database connection object.");

extern "C" {
KRT_INIT(sqlite_connection,
         "Connection(database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, "
         "factory=<null>, "
         "cached_statements=128, uri=False)",
         KRT_RUNS_PY, KRT_NO_SIGNATURE)
bool krt_sqlite_connection_init_py(Value self, Value database, double timeout, int64_t detect_types,
                                   Value isolation_level, bool check_same_thread, Value factory,
                                   int64_t cached_statements, bool uri);
/// Return a cursor for the connection.
KRT_METHOD(sqlite_connection, "cursor(self, /, factory=<null>)", KRT_RUNS_PY)
Value krt_sqlite_connection_cursor_py(Value self, Value factory);
/// Close the database connection.
///
/// Any pending transaction is not committed implicitly.
KRT_METHOD(sqlite_connection, "close(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_close(Value self);
/// Commit any pending transaction to the database.
///
/// If there is no open transaction, this method is a no-op.
KRT_METHOD(sqlite_connection, "commit(self, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_commit_py(Value self);
/// Roll back to the start of any pending transaction.
///
/// If there is no open transaction, this method is a no-op.
KRT_METHOD(sqlite_connection, "rollback(self, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_rollback_py(Value self);
/// Executes an SQL statement.
KRT_METHOD(sqlite_connection, "execute(self, sql, parameters=<null>, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_execute_py(Value self, Value sql, Value parameters);
/// Repeatedly executes an SQL statement.
KRT_METHOD(sqlite_connection, "executemany(self, sql, parameters, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_executemany_py(Value self, Value sql, Value parameters);
/// Executes multiple SQL statements at once.
KRT_METHOD(sqlite_connection, "executescript(self, sql_script, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_executescript_py(Value self, Value sql_script);
/// Creates a new function.
KRT_METHOD(sqlite_connection, "create_function(self, /, name, narg, func, *, deterministic=False)",
           KRT_RUNS_PY)
Value krt_sqlite_connection_createFunction_py(Value self, Str *name, int narg, Value func,
                                              bool deterministic);
/// Creates a new aggregate.
KRT_METHOD(sqlite_connection, "create_aggregate(self, /, name, n_arg, aggregate_class)", KRT_RUNS_PY)
Value krt_sqlite_connection_createAggregate_py(Value self, Str *name, int n_arg, Value aggregate_class);
/// Creates or redefines an aggregate window function. Non-standard.
///
///   name
///     The name of the SQL aggregate window function to be created or
///     redefined.
///   num_params
///     The number of arguments the step and inverse methods takes.
///   aggregate_class
///     A class with step(), finalize(), value(), and inverse() methods.
///     Set to None to clear the window function.
KRT_METHOD(sqlite_connection, "create_window_function(self, name, num_params, aggregate_class, /)",
           KRT_RUNS_PY)
Value krt_sqlite_connection_createWindowFunction_py(Value self, Str *name, int num_params,
                                                    Value aggregate_class);
/// Creates a collation function.
KRT_METHOD(sqlite_connection, "create_collation(self, name, callback, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_createCollation_py(Value self, Str *name, Value callback);
/// Sets authorizer callback.
KRT_METHOD(sqlite_connection, "set_authorizer(self, /, authorizer_callback)", KRT_RUNS_PY)
Value krt_sqlite_connection_setAuthorizer_py(Value self, Value authorizer_callback);
/// Sets progress handler callback.
KRT_METHOD(sqlite_connection, "set_progress_handler(self, /, progress_handler, n)", KRT_RUNS_PY)
Value krt_sqlite_connection_setProgressHandler_py(Value self, Value progress_handler, int n);
/// Sets a trace callback called for each SQL statement (passed as unicode).
KRT_METHOD(sqlite_connection, "set_trace_callback(self, /, trace_callback)", KRT_RUNS_PY)
Value krt_sqlite_connection_setTraceCallback_py(Value self, Value trace_callback);
/// Abort any pending database operation.
KRT_METHOD(sqlite_connection, "interrupt(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_interrupt(Value self);
/// Returns iterator to the dump of the database in an SQL text format.
KRT_METHOD(sqlite_connection, "iterdump(self, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_iterdump_py(Value self);
/// Makes a backup of the database.
KRT_METHOD(sqlite_connection, "backup(self, /, target, *, pages=-1, progress=None, name='main', sleep=0.25)",
           KRT_RUNS_PY)
Value krt_sqlite_connection_backup_py(Value self, Value target, int pages, Value progress, Str *name,
                                      double sleep);
/// Open and return a BLOB object.
///
///   table
///     Table name.
///   column
///     Column name.
///   row
///     Row index.
///   readonly
///     Open the BLOB without write permissions.
///   name
///     Database name.
KRT_METHOD(sqlite_connection, "blobopen(self, table, column, row, /, *, readonly=False, name='main')",
           KRT_RUNS_PY)
Value krt_sqlite_connection_blobopen_py(Value self, Str *table, Str *column, int64_t row, bool readonly,
                                        Str *name);
/// Serialize a database into a byte string.
///
///   name
///     Which database to serialize.
///
/// For an ordinary on-disk database file, the serialization is just a copy of the
/// disk file. For an in-memory database or a "temp" database, the serialization is
/// the same sequence of bytes which would be written to disk if that database
/// were backed up to disk.
KRT_METHOD(sqlite_connection, "serialize(self, /, *, name='main')", KRT_RUNS_PY)
Value krt_sqlite_connection_serialize_py(Value self, Str *name);
/// Load a serialized database.
///
///   data
///     The serialized database content.
///   name
///     Which database to reopen with the deserialization.
KRT_METHOD(sqlite_connection, "deserialize(self, data, /, *, name='main')", KRT_RUNS_PY)
Value krt_sqlite_connection_deserialize_py(Value self, Value data, Str *name);
/// Enable dynamic loading of SQLite extension modules.
KRT_METHOD(sqlite_connection, "enable_load_extension(self, enable, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_enableLoadExtension_py(Value self, bool enable);
/// Load SQLite extension module.
KRT_METHOD(sqlite_connection, "load_extension(self, name, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_loadExtension_py(Value self, Str *name);
/// Get connection run-time limits.
///
///   category
///     The limit category to be queried.
KRT_METHOD(sqlite_connection, "getlimit(self, category, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_getlimit(Value self, int category);
/// Set connection run-time limits.
///
///   category
///     The limit category to be set.
///   limit
///     The new limit. If the new limit is a negative number, the limit is
///     unchanged.
///
/// Attempts to increase a limit above its hard upper bound are silently truncated
/// to the hard upper bound. Regardless of whether or not the limit was changed,
/// the prior value of the limit is returned.
KRT_METHOD(sqlite_connection, "setlimit(self, category, limit, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_setlimit(Value self, int category, int limit);
/// Called when the connection is used as a context manager.
///
/// Returns itself as a convenience to the caller.
KRT_METHOD(sqlite_connection, "__enter__(self, /)", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_enter(Value self);
/// Called when the connection is used as a context manager.
///
/// If there was any exception, a rollback takes place; otherwise we commit.
KRT_METHOD(sqlite_connection, "__exit__(self, type, value, traceback, /)", KRT_RUNS_PY)
Value krt_sqlite_connection_exit_py(Value self, Value type, Value value, Value traceback);
KRT_GETTER(sqlite_connection, "isolation_level", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_isolationLevel(Value self);
KRT_SETTER(sqlite_connection, "isolation_level", KRT_RUNS_PY)
bool krt_sqlite_connection_setIsolationLevel_py(Value self, Value value);
KRT_GETTER(sqlite_connection, "total_changes", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_totalChanges(Value self);
KRT_GETTER(sqlite_connection, "in_transaction", KRT_RAISES, KRT_COLLECTS)
Value krt_sqlite_connection_inTransaction(Value self);
KRT_GETTER(sqlite_connection, "row_factory") Value krt_sqlite_connection_rowFactory(Value self);
KRT_SETTER(sqlite_connection, "row_factory", KRT_RAISES, KRT_COLLECTS)
bool krt_sqlite_connection_setRowFactory(Value self, Value value);
KRT_GETTER(sqlite_connection, "text_factory") Value krt_sqlite_connection_textFactory(Value self);
KRT_SETTER(sqlite_connection, "text_factory", KRT_RAISES, KRT_COLLECTS)
bool krt_sqlite_connection_setTextFactory(Value self, Value value);
}

} // namespace krait
