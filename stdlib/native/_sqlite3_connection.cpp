// _sqlite3_connection.cpp - see _sqlite3_connection.h: opening and closing, prepared statements,
// transactions, and the functions that SQLite calls back. Those come with a SqlCallback as user data, which
// the connection keeps alive; they take the lock back that the call of SQLite's gave up.
#include "stdlib/native/_sqlite3_connection.h"
#include "runtime/gc/closer.h"

#include "runtime/object/audit.h"
#include "runtime/object/exceptions.h"
#include "stdlib/native/_sqlite3_cursor.h"
#include "stdlib/native/_sqlite3_parts.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <ctime>
#include <pthread.h>
#include <strings.h>
#include <unistd.h>

#include "stdlib/native/_sqlite3_connection.bind.inc"

namespace krait {

namespace {

SqlConnection *connectionOf(Value v) { return v.as<SqlConnection>(); }
uint64_t threadNow() { return static_cast<uint64_t>(pthread_self()); }
bool programming(const char *message) {
  krt_raise(sqlErrors.programming, message);
  return false;
}

void endConnection(Value v) {
  dropHandle(connectionOf(v)->handle);
  connectionOf(v)->handle = nullptr;
}
void endStatement(Object *object) {
  auto *self = static_cast<SqlStatement *>(object);
  if (SqlUse use(self->handle); use && self->handle->db)
    ::sqlite3_finalize(self->stmt);
  dropHandle(self->handle);
  self->handle = nullptr; // a cursor may be finalized after its statement
}

/// The path as bytes of the file system; null with an exception pending.
const char *pathChars_py(Value path) {
  if (!strCheck(path) && !bytesCheck(path)) {
    Value self, method = krt_special_lookup_py(path, KSTR(__fspath__), &self);
    if (!method)
      return errorPending()
                 ? nullptr
                 : (krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", path),
                    nullptr);
    path = krt_call_with_self_py(method, self, nullptr, 0, nullptr);
    if (!path)
      return nullptr;
  }
  size_t size;
  const char *chars = nullptr;
  if (strCheck(path)) {
    chars = krt_str_utf8_lossy(path.as<Str>(), &size);
  } else if (bytesCheck(path)) {
    chars = reinterpret_cast<const char *>(path.as<Bytes>()->data);
    size = static_cast<size_t>(path.as<Bytes>()->length);
  } else {
    krt_raise(kTypeError, "expected str, bytes or os.PathLike object, not %T", path);
    return nullptr;
  }
  if (std::memchr(chars, 0, size)) {
    krt_raise(kValueError, "embedded null byte");
    return nullptr;
  }
  return chars;
}

/// One of the levels that BEGIN takes, or None; false with an exception pending.
bool isolation(Value given, Value *out) {
  if (given && given != kNone && !strCheck(given)) {
    krt_raise(kTypeError, "isolation_level must be str or None");
    return false;
  }
  if (!given)
    given = strFrom("");
  if (given != kNone) {
    size_t size;
    const char *chars = sqlChars(given.as<Str>(), &size);
    if (!chars)
      return false;
    bool known = false;
    for (const char *level : {"", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"})
      known |= ::strcasecmp(level, chars) == 0;
    if (!known) {
      krt_raise(kValueError, "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'");
      return false;
    }
  }
  *out = given;
  return true;
}

/// Behind the space, the comments and, with [semicolons], the ends of statements that [sql] begins with.
const char *skipComments(const char *sql, bool semicolons) {
  for (;; ++sql) {
    if (std::isspace(static_cast<unsigned char>(*sql)) || (semicolons && *sql == ';'))
      continue;
    if (sql[0] == '-' && sql[1] == '-') {
      sql += std::strcspn(sql, "\n");
      if (!*sql)
        return sql;
    } else if (sql[0] == '/' && sql[1] == '*') {
      const char *end = std::strstr(sql + 2, "*/");
      if (!end)
        return sql + std::strlen(sql);
      sql = end + 1;
    } else {
      return sql;
    }
  }
}

/// Does the statement begin, behind comments, with a word that changes rows?
bool beginsWithChange(const char *sql) {
  sql = skipComments(sql, false);
  for (const char *word : {"INSERT", "UPDATE", "DELETE", "REPLACE"})
    if (::strncasecmp(sql, word, std::strlen(word)) == 0)
      return true;
  return false;
}

/// Is there nothing but space and comments?
bool onlyComments(const char *sql) { return !*skipComments(sql, true); }

} // namespace

bool checkThread(SqlConnection *self) {
  if (!self->handle)
    return programming("Base Connection.__init__ not called.");
  if (self->checkThread && threadNow() != self->thread) {
    krt_raise(sqlErrors.programming,
              "SQLite objects created in a thread can only be used in that same thread. The object was "
              "created in thread id %S and "
              "this is thread id %S.",
              krt_int_from_u64(self->thread), krt_int_from_u64(threadNow()));
    return false;
  }
  return true;
}
static bool checkOpen(SqlConnection *self) {
  if (!self->handle)
    return programming("Base Connection.__init__ not called.");
  return self->handle->db || programming("Cannot operate on a closed database.");
}
bool checkConnection(SqlConnection *self) { return checkThread(self) && checkOpen(self); }

bool krt_sqlite_connection_init_py(Value v, Value database, double timeout, int64_t detect, Value level,
                                   bool check, Value, int64_t cached, bool uri) {
  auto *self = connectionOf(v);
  TRY_AUDIT("sqlite3.connect", database);
  const char *path = pathChars_py(database);
  Value isolationLevel;
  if (!path || !isolation(level, &isolationLevel))
    return false;
  if (self->handle) {
    dropHandle(self->handle); // cursors go on with the old database
    self->handle = nullptr;
  }
  sqlite3 *opened = nullptr;
  int code;
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_open_v2(
        path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (uri ? SQLITE_OPEN_URI : 0), nullptr);
    if (code == SQLITE_OK)
      ::sqlite3_busy_timeout(opened, static_cast<int>(timeout * 1000));
  }
  if (code != SQLITE_OK) {
    if (opened)
      raiseSql_py(opened);
    else
      krt_raise_memory();
    ::sqlite3_close_v2(opened);
    return false;
  }
  ::sqlite3_extended_result_codes(opened, 0);
  self->handle = new SqlHandle{opened, 1, {}};
  armFinalizer(self);
  self->detect = detect;
  self->isolation = isolationLevel;
  self->checkThread = check;
  self->thread = threadNow();
  self->rowFactory = kNone;
  self->textFactory = &krt_str_class;
  self->statements = krt_dict_new();
  self->cacheSize = cached;
  Dict *before = self->callbacks;
  self->callbacks = krt_dict_new();
  if (before)
    krt_dict_set_str(self->callbacks, strIntern("before"), before);
  TRY_AUDIT("sqlite3.connect/handle", v);
  return true;
}

Value krt_sqlite_connection_close(Value v) {
  auto *self = connectionOf(v);
  if (!checkThread(self))
    return {};
  self->statements = krt_dict_new();
  {
    SqlUse untilOthersAreDone(self->handle);
  }
  closeHandle(self->handle);
  return kNone;
}

void raiseClosed() { krt_raise(sqlErrors.programming, "Cannot operate on a closed database."); }
SqlUse::SqlUse(SqlHandle *handle) : handle_(handle), db_(handle ? handle->db : nullptr) {
  if (!db_)
    return;
  ++handle->users;
  for (useconds_t pause = 10; db_ && ::sqlite3_mutex_try(::sqlite3_db_mutex(db_)) != SQLITE_OK;
       pause = std::min(pause * 2, 1000u)) {
    {
      LockReleased released;
      ::usleep(pause);
    }
    db_ = handle->db;
  }
  if (!db_)
    dropHandle(handle);
}
SqlUse::SqlUse(SqlConnection *connection)
    : SqlUse(checkConnection(connection) ? connection->handle : nullptr) {
  if (!db_ && !errorPending())
    raiseClosed();
}
SqlUse::~SqlUse() {
  if (!db_)
    return;
  if (handle_->db == db_)
    ::sqlite3_mutex_leave(::sqlite3_db_mutex(db_));
  dropHandle(handle_);
}

// ---- Statements -------------------------------------------------------------------------------------

int stepStatement(SqlHandle *handle, sqlite3_stmt *stmt) {
  for (bool again = true;; again = false) {
    int code;
    {
      SqlUnlocked unlocked;
      code = ::sqlite3_step(stmt);
    }
    if ((code & 0xff) != SQLITE_LOCKED || !again || errorPending())
      return code;
    // A dropped cursor may hold the lock until its finalizer runs.
    ::sqlite3_reset(stmt);
    krt_gc_collect();
    krt_gc_run_finalizers();
  }
}

SqlStatement *prepare_py(SqlConnection *self, Str *sql) {
  Str *key = strPlain(sql);
  if (Value known = krt_dict_get_str(self->statements, key)) {
    krt_dict_delete_str(self->statements, key);
    krt_dict_set_str(self->statements, key, known);
    if (!known.as<SqlStatement>()->busy)
      return known.as<SqlStatement>();
  }
  size_t size;
  const char *text = krt_str_utf8(sql, &size);
  if (!text)
    return nullptr;
  if (size > static_cast<size_t>(::sqlite3_limit(db(self), SQLITE_LIMIT_SQL_LENGTH, -1))) {
    krt_raise(sqlErrors.data, "query string is too large");
    return nullptr;
  }
  if (std::memchr(text, 0, size)) {
    krt_raise(sqlErrors.programming, "the query contains a null character");
    return nullptr;
  }
  sqlite3_stmt *stmt = nullptr;
  const char *tail = nullptr;
  int code;
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_prepare_v2(db(self), text, static_cast<int>(size) + 1, &stmt, &tail);
  }
  if (code != SQLITE_OK) {
    if (!errorPending())
      raiseSql_py(db(self));
    return nullptr;
  }
  if (tail && !onlyComments(tail)) {
    ::sqlite3_finalize(stmt);
    krt_raise(sqlErrors.programming, "You can only execute one statement at a time.");
    return nullptr;
  }
  static const Class &cls = []() -> const Class & {
    static Class made = {
        .flags = kClassDisallowNew, .nativeName = "sqlite3.Statement", .basicSize = sizeof(SqlStatement)};
    krt_class_ready(&made);
    return made;
  }();
  auto *statement = gcNew<SqlStatement>(cls);
  statement->handle = self->handle;
  ++self->handle->users;
  statement->stmt = stmt;
  statement->changes = beginsWithChange(text);
  krt_gc_set_closer(statement, endStatement);
  if (self->cacheSize > 0) {
    if (self->statements->used >= static_cast<uint64_t>(self->cacheSize)) {
      uint32_t position = 0;
      krt_dict_delete_str(self->statements, krt_dict_next(self->statements, &position)->key.as<Str>());
    }
    krt_dict_set_str(self->statements, key, statement);
  }
  return statement;
}

bool runPlain_py(SqlConnection *self, const char *sql) {
  SqlUse use(self->handle);
  if (!use)
    return raiseClosed(), false;
  sqlite3_stmt *stmt = nullptr;
  SqlHandle *handle = self->handle;
  int code = ::sqlite3_prepare_v2(handle->db, sql, -1, &stmt, nullptr);
  if (code == SQLITE_OK) {
    code = stepStatement(handle, stmt);
    if (handle->db) // no callback has closed it
      code = ::sqlite3_finalize(stmt);
  }
  if (code != SQLITE_OK && !errorPending() && handle->db)
    raiseSql_py(handle->db);
  return !errorPending();
}

Value krt_sqlite_connection_commit_py(Value v) {
  auto *self = connectionOf(v);
  if (!checkConnection(self) || (!::sqlite3_get_autocommit(db(self)) && !runPlain_py(self, "COMMIT")))
    return {};
  return kNone;
}
Value krt_sqlite_connection_rollback_py(Value v) {
  auto *self = connectionOf(v);
  if (!checkConnection(self) || (!::sqlite3_get_autocommit(db(self)) && !runPlain_py(self, "ROLLBACK")))
    return {};
  return kNone;
}

Value krt_sqlite_connection_cursor_py(Value v, Value factory) {
  auto *self = connectionOf(v);
  if (!checkConnection(self))
    return {};
  Value cursor = TRY(krt_call1_py(factory ? factory : Value(&krt_sqlite_cursor_class), v));
  if (!krt_instance(cursor, &krt_sqlite_cursor_class))
    return krt_raise(kTypeError, "factory must return a cursor, not %.100T", cursor);
  if (self->rowFactory != kNone)
    cursor.as<SqlCursor>()->rowFactory = self->rowFactory;
  return cursor;
}
static Value throughCursor_py(Value v, Str *method, Value sql, Value parameters) {
  Value cursor = TRY(krt_call_method_py(v, KSTR(cursor), nullptr, 0));
  Value args[2] = {sql, parameters};
  return krt_call_method_py(cursor, method, args, parameters ? 2 : 1);
}
Value krt_sqlite_connection_execute_py(Value v, Value sql, Value parameters) {
  return throughCursor_py(v, KSTR(execute), sql, parameters);
}
Value krt_sqlite_connection_executemany_py(Value v, Value sql, Value parameters) {
  return throughCursor_py(v, KSTR(executemany), sql, parameters);
}
Value krt_sqlite_connection_executescript_py(Value v, Value script) {
  return throughCursor_py(v, KSTR(executescript), script, {});
}

// ---- What SQLite calls ------------------------------------------------------------------------------

namespace {

struct SqlCallback : Object {
  Value callable;
  Dict *instances; // of aggregates, by the address of SQLite's memory for them
};

SqlCallback *newCallback(SqlConnection *self, Str *purpose, Value callable) {
  static const Class &cls = []() -> const Class & {
    static Class made = {
        .flags = kClassDisallowNew, .nativeName = "sqlite3.Callback", .basicSize = sizeof(SqlCallback)};
    krt_class_ready(&made);
    return made;
  }();
  auto *made = gcNew<SqlCallback>(cls);
  made->callable = callable;
  made->instances = krt_dict_new();
  krt_dict_set_str(self->callbacks, purpose, made);
  return made;
}
/// Forgets or makes what serves [purpose]; null for None.
SqlCallback *callbackFor(SqlConnection *self, const char *purpose, Value callable) {
  if (callable == kNone) {
    krt_dict_delete_str(self->callbacks, strIntern(purpose));
    return nullptr;
  }
  return newCallback(self, strIntern(purpose), callable);
}

/// Arguments as Python objects; null with an exception pending.
Tuple *argumentsOf(int count, sqlite3_value **values) {
  Tuple *args = krt_tuple_new(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    Value &out = args->items[i];
    switch (::sqlite3_value_type(values[i])) {
    case SQLITE_INTEGER:
      out = krt_int_from_i64(::sqlite3_value_int64(values[i]));
      break;
    case SQLITE_FLOAT:
      out = floatBox(::sqlite3_value_double(values[i]));
      break;
    case SQLITE_TEXT: {
      const void *text = ::sqlite3_value_text(values[i]);
      KRT_ALLOW_PY("the codec is native");
      out = TRY(krt_codec_decode_py(
          krt_bytes_new(text, static_cast<size_t>(::sqlite3_value_bytes(values[i]))), "utf-8", "strict"));
      break;
    }
    case SQLITE_BLOB: {
      const void *data = ::sqlite3_value_blob(values[i]);
      out = krt_bytes_new(data, static_cast<size_t>(::sqlite3_value_bytes(values[i])));
      break;
    }
    default:
      out = kNone;
    }
  }
  return args;
}

/// Hands [result] to SQLite; false with an exception pending, or without one when there is no type for it.
bool giveResult_py(sqlite3_context *context, Value result) {
  int64_t integer;
  if (result == kNone) {
    ::sqlite3_result_null(context);
  } else if (krt_int_check(result)) {
    if (!krt_int_to_i64(krt_int_plain(result), &integer)) {
      krt_raise(kOverflowError, "Python int too large to convert to SQLite INTEGER");
      return false;
    }
    ::sqlite3_result_int64(context, integer);
  } else if (floatCheck(result)) {
    ::sqlite3_result_double(context, floatValue(result));
  } else if (strCheck(result)) {
    size_t size;
    const char *text = krt_str_utf8(result.as<Str>(), &size);
    if (!text)
      return false;
    ::sqlite3_result_text64(context, text, size, SQLITE_TRANSIENT, SQLITE_UTF8);
  } else if (krt_buffer_check(result)) {
    BytesLike bytes;
    if (!bytes.acquire_py(result))
      return false;
    ::sqlite3_result_blob64(context, bytes.data() ? static_cast<const void *>(bytes.data()) : "",
                            static_cast<uint64_t>(bytes.size()), SQLITE_TRANSIENT);
  } else {
    return false;
  }
  return true;
}

void failCallback(sqlite3_context *context, const char *message, Value callable) {
  if (errorPending() && krt_error_matches(kMemoryError))
    ::sqlite3_result_error_nomem(context);
  else if (errorPending() && krt_error_matches(kOverflowError))
    ::sqlite3_result_error_toobig(context);
  else
    ::sqlite3_result_error(context, message, -1);
  endCallback(callable);
}

SqlCallback *callbackOf(sqlite3_context *context) {
  return static_cast<SqlCallback *>(::sqlite3_user_data(context));
}

void onFunction(sqlite3_context *context, int count, sqlite3_value **values) {
  SqlCallbackScope scope;
  Value callable = callbackOf(context)->callable;
  Tuple *args = argumentsOf(count, values);
  Value result = args ? krt_call_py(callable, args->items, static_cast<size_t>(count), nullptr) : Value();
  if (!result || !giveResult_py(context, result))
    failCallback(context, "user-defined function raised exception", callable);
}

/// Where an aggregate's instance is filed; null when it has none.
Value instanceKey(sqlite3_context *context, bool make) {
  void *memory = ::sqlite3_aggregate_context(context, make ? 8 : 0);
  return memory ? krt_int_from_u64(reinterpret_cast<uint64_t>(memory)) : Value();
}
Value instanceOf(sqlite3_context *context) {
  KRT_ALLOW_PY("keys are integers");
  Value key = instanceKey(context, false);
  return key ? krt_dict_get_py(callbackOf(context)->instances, key) : Value();
}

/// Calls [method] of the aggregate's instance with the arguments; null with the failure reported.
Value callInstance_py(sqlite3_context *context, Value instance, Str *method, int count,
                      sqlite3_value **values, const char *message, const char *missing) {
  Value callable = callbackOf(context)->callable;
  Value bound = krt_getattr_py(instance, method);
  if (!bound) {
    failCallback(context, krt_error_matches(kAttributeError) ? missing : message, callable);
    return {};
  }
  Tuple *args = argumentsOf(count, values);
  Value result = args ? krt_call_py(bound, args->items, static_cast<size_t>(count), nullptr) : Value();
  if (!result)
    failCallback(context, message, callable);
  return result;
}

void onStep(sqlite3_context *context, int count, sqlite3_value **values) {
  SqlCallbackScope scope;
  SqlCallback *callback = callbackOf(context);
  Value key = instanceKey(context, true);
  Value instance = krt_dict_get_py(callback->instances, key);
  if (!instance) {
    instance = krt_call0_py(callback->callable);
    if (!instance)
      return failCallback(context, "user-defined aggregate's '__init__' method raised error",
                          callback->callable);
    krt_dict_set_py(callback->instances, key, instance);
  }
  callInstance_py(context, instance, KSTR(step), count, values,
                  "user-defined aggregate's 'step' method raised error",
                  "user-defined aggregate's 'step' method not defined");
}
void onInverse(sqlite3_context *context, int count, sqlite3_value **values) {
  SqlCallbackScope scope;
  if (Value instance = instanceOf(context))
    callInstance_py(context, instance, KSTR(inverse), count, values,
                    "user-defined aggregate's 'inverse' method raised error",
                    "user-defined aggregate's 'inverse' method not defined");
}
void onValue(sqlite3_context *context) {
  SqlCallbackScope scope;
  Value instance = instanceOf(context);
  if (!instance)
    return;
  const char *message = "user-defined aggregate's 'value' method raised error";
  Value result = callInstance_py(context, instance, KSTR(value), 0, nullptr, message,
                                 "user-defined aggregate's 'value' method not defined");
  if (result && !giveResult_py(context, result))
    failCallback(context, message, callbackOf(context)->callable);
}
void onFinal(sqlite3_context *context) {
  SqlCallbackScope scope;
  SqlCallback *callback = callbackOf(context);
  Value instance = instanceOf(context);
  if (!instance) // no row was seen, or __init__ raised
    return;
  Value before = krt_error_take();
  const char *message = "user-defined aggregate's 'finalize' method raised error";
  Value result = callInstance_py(context, instance, KSTR(finalize), 0, nullptr, message,
                                 "user-defined aggregate's 'finalize' method not defined");
  if (result && !giveResult_py(context, result))
    failCallback(context, message, callback->callable);
  krt_dict_delete_py(callback->instances, instanceKey(context, false));
  if (before)
    krt_error_restore(before);
}

int onCollation(void *user, int sizeA, const void *a, int sizeB, const void *b) {
  SqlCallbackScope scope;
  auto *callback = static_cast<SqlCallback *>(user);
  if (errorPending())
    return 0;
  Str *left = sqlText(a, sizeA), *right = sqlText(b, sizeB);
  Value result = left && right ? krt_call2_py(callback->callable, left, right) : Value();
  int sign = 0;
  if (result && krt_int_check(result))
    sign = krt_int_sign(krt_int_plain(result));
  endCallback(callback->callable);
  return sign;
}

int onAuthorizer(void *user, int action, const char *a, const char *b, const char *database,
                 const char *trigger) {
  SqlCallbackScope scope;
  auto *callback = static_cast<SqlCallback *>(user);
  auto text = [](const char *chars) { return chars ? Value(strFrom(chars)) : kNone; };
  Value args[5] = {smallInt(action), text(a), text(b), text(database), text(trigger)};
  Value result = krt_call_py(callback->callable, args, 5, nullptr);
  int64_t answer = SQLITE_DENY;
  if (result && (!krt_int_check(result) || !krt_int_to_i64(krt_int_plain(result), &answer) ||
                 answer != static_cast<int>(answer)))
    answer = SQLITE_DENY;
  endCallback(callback->callable);
  return static_cast<int>(answer);
}

int onProgress(void *user) {
  SqlCallbackScope scope;
  auto *callback = static_cast<SqlCallback *>(user);
  Value result = krt_call0_py(callback->callable);
  int stop = result ? krt_truth_py(result) : -1;
  endCallback(callback->callable);
  return stop != 0;
}

int onTrace(unsigned, void *user, void *statement, void *sql) {
  SqlCallbackScope scope;
  auto *callback = static_cast<SqlCallback *>(user);
  auto *stmt = static_cast<sqlite3_stmt *>(statement);
  Value text;
  if (const char *given = static_cast<const char *>(sql);
      given[0] == '-' && given[1] == '-') { // what a trigger does
    text = strFrom(given);
  } else if (char *expanded = ::sqlite3_expanded_sql(stmt)) {
    text = strFrom(expanded);
    ::sqlite3_free(expanded);
  } else {
    krt_raise(sqlErrors.data, "Expanded SQL string exceeds the maximum string length");
    if (sqlTracebacks)
      krt_error_unraisable(callback->callable);
    krt_error_clear();
    text = strFrom(::sqlite3_sql(stmt));
  }
  krt_call1_py(callback->callable, text);
  endCallback(callback->callable);
  return 0;
}

Value raiseCreating() { return krt_raise(sqlErrors.operational, "Error creating function"); }
/// A key of callbacks: what for, the name and the number of arguments.
Str *purposeOf(const char *kind, Str *name, int count) {
  return krt_str_format("%s %S %d", kind, Value(name), count);
}

} // namespace

Value krt_sqlite_connection_createFunction_py(Value v, Str *name, int count, Value function,
                                              bool deterministic) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  size_t size;
  const char *chars = TRY(sqlChars(name, &size));
  int flags = SQLITE_UTF8 | (deterministic ? SQLITE_DETERMINISTIC : 0);
  SqlCallback *callback =
      function == kNone ? nullptr : newCallback(self, purposeOf("function", name, count), function);
  int code = ::sqlite3_create_function_v2(db(self), chars, count, flags, callback,
                                          callback ? onFunction : nullptr, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? kNone : raiseCreating();
}

Value krt_sqlite_connection_createAggregate_py(Value v, Str *name, int count, Value cls) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  size_t size;
  const char *chars = TRY(sqlChars(name, &size));
  SqlCallback *callback = cls == kNone ? nullptr : newCallback(self, purposeOf("function", name, count), cls);
  int code = ::sqlite3_create_function_v2(db(self), chars, count, SQLITE_UTF8, callback, nullptr,
                                          callback ? onStep : nullptr, callback ? onFinal : nullptr, nullptr);
  return code == SQLITE_OK ? kNone : krt_raise(sqlErrors.operational, "Error creating aggregate");
}

Value krt_sqlite_connection_createWindowFunction_py(Value v, Str *name, int count, Value cls) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  size_t size;
  const char *chars = TRY(sqlChars(name, &size));
  SqlCallback *callback = cls == kNone ? nullptr : newCallback(self, purposeOf("function", name, count), cls);
  int code = ::sqlite3_create_window_function(
      db(self), chars, count, SQLITE_UTF8, callback, callback ? onStep : nullptr,
      callback ? onFinal : nullptr, callback ? onValue : nullptr, callback ? onInverse : nullptr, nullptr);
  return code == SQLITE_OK ? kNone : krt_raise(sqlErrors.programming, "%s", ::sqlite3_errmsg(db(self)));
}

Value krt_sqlite_connection_createCollation_py(Value v, Str *name, Value callable) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  size_t size;
  const char *chars = TRY(sqlChars(name, &size));
  if (callable != kNone && !krt_callable(callable))
    return krt_raise(kTypeError, "parameter must be callable");
  SqlCallback *callback =
      callable == kNone ? nullptr : newCallback(self, purposeOf("collation", name, 0), callable);
  if (::sqlite3_create_collation_v2(db(self), chars, SQLITE_UTF8, callback, callback ? onCollation : nullptr,
                                    nullptr) != SQLITE_OK)
    return raiseSql_py(db(self));
  return kNone;
}

Value krt_sqlite_connection_setAuthorizer_py(Value v, Value callable) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  SqlCallback *callback = callbackFor(self, "authorizer", callable);
  if (::sqlite3_set_authorizer(db(self), callback ? onAuthorizer : nullptr, callback) != SQLITE_OK)
    return krt_raise(sqlErrors.operational, "Error setting authorizer callback");
  return kNone;
}
Value krt_sqlite_connection_setProgressHandler_py(Value v, Value callable, int n) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  SqlCallback *callback = callbackFor(self, "progress", callable);
  ::sqlite3_progress_handler(db(self), callback ? n : 0, callback ? onProgress : nullptr, callback);
  return kNone;
}
Value krt_sqlite_connection_setTraceCallback_py(Value v, Value callable) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  SqlCallback *callback = callbackFor(self, "trace", callable);
  ::sqlite3_trace_v2(db(self), callback ? SQLITE_TRACE_STMT : 0, callback ? onTrace : nullptr, callback);
  return kNone;
}

// ---- The rest ---------------------------------------------------------------------------------------

Value krt_sqlite_connection_interrupt(Value v) {
  if (!checkOpen(connectionOf(v)))
    return {};
  ::sqlite3_interrupt(db(connectionOf(v)));
  return kNone;
}

Value krt_sqlite_connection_iterdump_py(Value v) {
  if (!checkOpen(connectionOf(v)))
    return {};
  Value import = TRY(krt_builtin_py(KSTR(__import__)));
  Value name = strFrom("_iterdump");
  Value args[5] = {strFrom("sqlite3.dump"), kNone, kNone, krt_tuple_from(&name, 1), smallInt(0)};
  Value module = TRY(krt_call_py(import, args, 5, nullptr));
  return krt_call1_py(TRY(krt_getattr_py(module, KSTR(_iterdump))), v);
}

Value krt_sqlite_connection_backup_py(Value v, Value target, int pages, Value progress, Str *name,
                                      double seconds) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  if (!krt_instance(target, &krt_sqlite_connection_class))
    return krt_raise(kTypeError, "backup() argument 'target' must be sqlite3.Connection, not %T", target);
  auto *to = connectionOf(target);
  if (!checkConnection(to))
    return {};
  if (to == self)
    return krt_raise(kValueError, "target cannot be the same connection instance");
  if (progress != kNone && !krt_callable(progress))
    return krt_raise(kTypeError, "progress argument must be a callable");
  size_t size;
  const char *source = name ? TRY(sqlChars(name, &size)) : "main";
  sqlite3_backup *backup;
  {
    SqlUnlocked unlocked;
    backup = ::sqlite3_backup_init(db(to), "main", db(self), source);
  }
  if (!backup)
    return raiseSql_py(db(to));
  int code;
  do {
    {
      SqlUnlocked unlocked;
      code = ::sqlite3_backup_step(backup, pages == 0 ? -1 : pages);
    }
    if (progress != kNone)
      krt_call3_py(progress, smallInt(code), smallInt(::sqlite3_backup_remaining(backup)),
                   smallInt(::sqlite3_backup_pagecount(backup)));
    if (!errorPending() && (code == SQLITE_BUSY || code == SQLITE_LOCKED)) {
      SqlUnlocked unlocked;
      ::sqlite3_sleep(static_cast<int>(seconds * 1000));
    }
  } while (!errorPending() && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED));
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_backup_finish(backup);
  }
  if (errorPending())
    return {};
  return code == SQLITE_OK ? kNone : raiseSql_py(db(to));
}

Value krt_sqlite_connection_serialize_py(Value v, Str *name) {
  auto *self = connectionOf(v);
  SqlUse use(self);
  if (!use)
    return {};
  size_t length;
  const char *schema = name ? TRY(sqlChars(name, &length)) : "main";
  sqlite3_int64 size;
  auto *shared = ::sqlite3_serialize(db(self), schema, &size, SQLITE_SERIALIZE_NOCOPY);
  if (shared)
    return krt_bytes_new(shared, static_cast<size_t>(size));
  unsigned char *data;
  {
    SqlUnlocked unlocked;
    data = ::sqlite3_serialize(db(self), schema, &size, 0);
  }
  if (!data)
    return krt_raise(sqlErrors.operational, "unable to serialize '%s'", schema);
  Value bytes = krt_bytes_new(data, static_cast<size_t>(size));
  ::sqlite3_free(data);
  return bytes;
}

Value krt_sqlite_connection_deserialize_py(Value v, Value data, Str *name) {
  auto *self = connectionOf(v);
  BytesLike bytes;
  if (!checkConnection(self) || !bytes.acquire_py(data))
    return {};
  SqlUse use(self->handle);
  if (!use)
    return raiseClosed(), Value();
  size_t length;
  const char *schema = name ? TRY(sqlChars(name, &length)) : "main";
  auto size = static_cast<uint64_t>(bytes.size());
  auto *copy = static_cast<unsigned char *>(::sqlite3_malloc64(size));
  if (!copy)
    return krt_raise_memory();
  std::memcpy(copy, bytes.data(), size);
  int code;
  {
    SqlUnlocked unlocked;
    code = ::sqlite3_deserialize(db(self), schema, copy, static_cast<sqlite3_int64>(size),
                                 static_cast<sqlite3_int64>(size),
                                 SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  }
  return code == SQLITE_OK ? kNone : raiseSql_py(db(self));
}

Value krt_sqlite_connection_enableLoadExtension_py(Value v, bool on) {
  auto *self = connectionOf(v);
  TRY_AUDIT("sqlite3.enable_load_extension", v, on ? kTrue : kFalse);
  SqlUse use(self);
  if (!use)
    return {};
  if (::sqlite3_enable_load_extension(db(self), on) != SQLITE_OK)
    return krt_raise(sqlErrors.operational, "Error enabling load extension");
  return kNone;
}
Value krt_sqlite_connection_loadExtension_py(Value v, Str *name) {
  auto *self = connectionOf(v);
  TRY_AUDIT("sqlite3.load_extension", v, name);
  size_t size;
  SqlUse use(self);
  if (!use)
    return {};
  char *message = nullptr;
  if (::sqlite3_load_extension(db(self), TRY(sqlChars(name, &size)), nullptr, &message) == SQLITE_OK)
    return kNone;
  krt_raise(sqlErrors.operational, "%s", message ? message : "cannot load the extension");
  ::sqlite3_free(message);
  return {};
}

static Value limit(SqlConnection *self, int category, int value) {
  if (!checkConnection(self))
    return {};
  int old = ::sqlite3_limit(db(self), category, value);
  return old < 0 ? krt_raise(sqlErrors.programming, "'category' is out of bounds") : smallInt(old);
}
Value krt_sqlite_connection_getlimit(Value v, int category) { return limit(connectionOf(v), category, -1); }
Value krt_sqlite_connection_setlimit(Value v, int category, int value) {
  return limit(connectionOf(v), category, value);
}

Value krt_sqlite_connection_enter(Value v) { return checkConnection(connectionOf(v)) ? v : Value(); }
Value krt_sqlite_connection_exit_py(Value v, Value type, Value value, Value traceback) {
  bool commits = type == kNone && value == kNone && traceback == kNone;
  if (krt_call_method_py(v, commits ? KSTR(commit) : KSTR(rollback), nullptr, 0))
    return kFalse;
  if (!commits)
    return {};
  // A commit that failed leaves its error, not the transaction.
  Value failed = krt_error_take();
  if (!krt_call_method_py(v, KSTR(rollback), nullptr, 0))
    return {};
  krt_error_restore(failed);
  return {};
}

Value krt_sqlite_connection_isolationLevel(Value v) {
  return checkOpen(connectionOf(v)) ? connectionOf(v)->isolation : Value();
}
bool krt_sqlite_connection_setIsolationLevel_py(Value v, Value value) {
  auto *self = connectionOf(v);
  if (!value) {
    krt_raise(kAttributeError, "cannot delete attribute");
    return false;
  }
  Value level;
  if (!checkOpen(self) || !isolation(value, &level))
    return false;
  self->isolation = level;
  return level != kNone || krt_sqlite_connection_commit_py(v);
}
Value krt_sqlite_connection_totalChanges(Value v) {
  return checkOpen(connectionOf(v)) ? smallInt(::sqlite3_total_changes(db(connectionOf(v)))) : Value();
}
Value krt_sqlite_connection_inTransaction(Value v) {
  return checkOpen(connectionOf(v)) ? boolean(!::sqlite3_get_autocommit(db(connectionOf(v)))) : Value();
}
static Value orNone(Value value) { return value ? value : kNone; }
Value krt_sqlite_connection_rowFactory(Value v) { return orNone(connectionOf(v)->rowFactory); }
bool krt_sqlite_connection_setRowFactory(Value v, Value value) {
  connectionOf(v)->rowFactory = orNone(value);
  return true;
}
Value krt_sqlite_connection_textFactory(Value v) { return orNone(connectionOf(v)->textFactory); }
bool krt_sqlite_connection_setTextFactory(Value v, Value value) {
  connectionOf(v)->textFactory = orNone(value);
  return true;
}

namespace {

Value makeConnection(Class *cls, const Value *, size_t, Tuple *) {
  return newInstance<SqlConnection>(krt_sqlite_connection_class, cls);
}

/// connection(sql): the prepared statement.
Value callConnection(Value callee, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *self = connectionOf(callee);
  if (!checkConnection(self))
    return {};
  if (kwnames || nargs != 1)
    return krt_raise(kTypeError, "__call__() takes exactly one argument");
  if (!strCheck(args[0]))
    return krt_raise(kTypeError, "argument 1 must be str, not %T", args[0]);
  return TRY(prepare_py(self, args[0].as<Str>()));
}

} // namespace

extern "C" {
Class krt_sqlite_connection_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "sqlite3.Connection",
    .basicSize = sizeof(SqlConnection),
    .slots = {.call = callConnection,
              .init = krt_sqlite_connection_init,
              .make = makeConnection,
              .finalize = endConnection},
    .methods = krt_sqlite_connection_defs,
    .doc = krt_sqlite_connection_doc,
};
}

} // namespace krait
