// _sqlite3_cursor.cpp - see _sqlite3_cursor.h. A cursor steps through its statement as rows are asked for; a
// row is made of what SQLite says of its columns, by the connection's text factory and by converters.
#include "stdlib/native/_sqlite3_cursor.h"

#include "runtime/object/sequence.h"
#include "stdlib/native/_sqlite3_parts.h"

#include <cctype>

#include "stdlib/native/_sqlite3_cursor.bind.inc"

namespace krait {

namespace {

constexpr int kDeclaredTypes = 1, kColumnNames = 2;

SqlCursor *cursorOf(Value v) { return v.as<SqlCursor>(); }

/// Drops the statement: no more rows.
void endStatement(SqlCursor *self) {
  if (SqlUse use(self->statement ? self->statement->handle : nullptr); use)
    resetStatement(self->statement);
  self->statement = nullptr;
}

/// Whether the cursor may be used; an exception is pending otherwise.
bool checkCursor(SqlCursor *self) {
  const char *message = !self->connection ? "Base Cursor.__init__ not called."
                        : self->closed    ? "Cannot operate on a closed cursor."
                        : self->locked    ? "Recursive use of cursors not allowed."
                                          : nullptr;
  if (message)
    krt_raise(sqlErrors.programming, message);
  return !message && checkConnection(self->connection);
}

/// Keeps the cursor from being used by what it calls.
class CursorLock {
public:
  explicit CursorLock(SqlCursor *cursor) : cursor_(cursor) { cursor->locked = true; }
  ~CursorLock() { cursor_->locked = false; }
  CursorLock(const CursorLock &) = delete;

private:
  SqlCursor *cursor_;
};

// ---- Parameters -------------------------------------------------------------------------------------

/// Binds one parameter; false with an exception pending.
bool bindOne_py(SqlCursor *self, int position, Value value) {
  sqlite3_stmt *stmt = self->statement->stmt;
  int code = SQLITE_OK;
  size_t size;
  if (value == kNone) {
    code = ::sqlite3_bind_null(stmt, position);
  } else if (krt_int_check(value)) {
    int64_t integer;
    if (!krt_int_to_i64(krt_int_plain(value), &integer)) {
      krt_raise(kOverflowError, "Python int too large to convert to SQLite INTEGER");
      return false;
    }
    code = ::sqlite3_bind_int64(stmt, position, integer);
  } else if (floatCheck(value)) {
    code = ::sqlite3_bind_double(stmt, position, floatValue(value));
  } else if (strCheck(value)) {
    const char *text = krt_str_utf8(value.as<Str>(), &size);
    if (!text)
      return false;
    code = ::sqlite3_bind_text64(stmt, position, text, size, SQLITE_TRANSIENT, SQLITE_UTF8);
  } else if (krt_buffer_check(value)) {
    BytesLike bytes;
    if (!bytes.acquire_py(value))
      return false;
    code = ::sqlite3_bind_blob64(stmt, position, bytes.data() ? static_cast<const void *>(bytes.data()) : "",
                                 static_cast<uint64_t>(bytes.size()), SQLITE_TRANSIENT);
  } else {
    krt_raise(sqlErrors.programming, "Error binding parameter %d: type '%T' is not supported", position,
              value);
    return false;
  }
  if (code != SQLITE_OK)
    raiseSql_py(db(self->connection));
  return code == SQLITE_OK;
}

bool bindSequence_py(SqlCursor *self, Value parameters, int wanted) {
  int64_t given = krt_length_py(parameters);
  if (given < 0)
    return false;
  if (given != wanted) {
    krt_raise(
        sqlErrors.programming,
        "Incorrect number of bindings supplied. The current statement uses %d, and there are %lld supplied.",
        wanted, given);
    return false;
  }
  for (int i = 0; i < wanted; ++i) {
    Value item = krt_getitem_py(parameters, smallInt(i));
    Value adapted = item ? adaptParameter_py(item) : Value();
    if (!adapted || !bindOne_py(self, i + 1, adapted))
      return false;
  }
  return true;
}

bool bindMapping_py(SqlCursor *self, Value parameters, int wanted) {
  for (int i = 1; i <= wanted; ++i) {
    const char *name = ::sqlite3_bind_parameter_name(self->statement->stmt, i);
    if (!name) {
      krt_raise(sqlErrors.programming,
                "Binding %d has no name, but you supplied a dictionary (which has only names).", i);
      return false;
    }
    Value item = krt_getitem_py(parameters, strFrom(name + 1)); // behind the colon
    if (!item) {
      if (krt_error_clear_if(kLookupError))
        krt_raise(sqlErrors.programming, "You did not supply a value for binding parameter :%s.", name + 1);
      return false;
    }
    Value adapted = adaptParameter_py(item);
    if (!adapted || !bindOne_py(self, i, adapted))
      return false;
  }
  return true;
}

bool bindAll_py(SqlCursor *self, Value parameters) {
  int wanted = ::sqlite3_bind_parameter_count(self->statement->stmt);
  const TypeSlots &slots = classOf(parameters)->slots;
  bool dict = hasClassFlag(parameters, kClassDictSub);
  if (hasClassFlag(parameters, kClassTupleSub) || hasClassFlag(parameters, kClassListSub) ||
      (!dict && slots.getitem && slots.length && !(classOf(parameters)->flags & kClassMapping) &&
       krt_getattr_optional_py(parameters, KSTR(keys)).isNull()))
    return !errorPending() && bindSequence_py(self, parameters, wanted);
  if (!errorPending() && slots.getitem)
    return bindMapping_py(self, parameters, wanted);
  if (!errorPending())
    krt_raise(sqlErrors.programming, "parameters are of unsupported type");
  return false;
}

// ---- Rows -------------------------------------------------------------------------------------------

/// The converter registered for a type's name, or None; null with an exception pending.
Value converterOf_py(std::string_view type) {
  std::string upper(type);
  for (char &c : upper)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  Value found = krt_dict_get_py(sqlConverters, strFrom(upper));
  return found || errorPending() ? found : kNone;
}

/// Looks for a converter for each column; false with an exception pending.
bool findConverters_py(SqlCursor *self) {
  self->converters = nullptr;
  if (!self->connection->detect)
    return true;
  sqlite3_stmt *stmt = self->statement->stmt;
  int count = ::sqlite3_column_count(stmt);
  Tuple *converters = krt_tuple_new(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    Value converter = kNone;
    const char *name = ::sqlite3_column_name(stmt, i), *open, *close;
    if ((self->connection->detect & kColumnNames) && name && (open = std::strchr(name, '[')) &&
        (close = std::strchr(open, ']')))
      converter = converterOf_py({open + 1, static_cast<size_t>(close - open - 1)});
    const char *declared = ::sqlite3_column_decltype(stmt, i);
    if (converter == kNone && (self->connection->detect & kDeclaredTypes) && declared)
      converter = converterOf_py({declared, std::strcspn(declared, " (")});
    if (!converter)
      return false;
    converters->items[i] = converter;
  }
  self->converters = converters;
  return true;
}

Value textColumn_py(SqlCursor *self, int column) {
  sqlite3_stmt *stmt = self->statement->stmt;
  const void *text = ::sqlite3_column_text(stmt, column);
  if (!text && ::sqlite3_errcode(db(self->connection)) == SQLITE_NOMEM)
    return krt_raise_memory();
  int64_t size = ::sqlite3_column_bytes(stmt, column);
  Value factory = self->connection->textFactory;
  if (factory == Value(&krt_str_class)) {
    if (Str *decoded = sqlText(text, size))
      return decoded;
    Value shown =
        TRY(krt_codec_decode_py(krt_bytes_new(text, static_cast<size_t>(size)), "utf-8", "replace"));
    return krt_raise(sqlErrors.operational, "Could not decode to UTF-8 column '%s' with text '%S'",
                     ::sqlite3_column_name(stmt, column), shown);
  }
  if (factory == Value(&krt_bytes_class))
    return krt_bytes_new(text, static_cast<size_t>(size));
  if (factory == Value(&krt_bytearray_class))
    return krt_bytearray_new(text, static_cast<size_t>(size));
  return krt_call1_py(factory, krt_bytes_new(text, static_cast<size_t>(size)));
}

Value column_py(SqlCursor *self, int column) {
  sqlite3_stmt *stmt = self->statement->stmt;
  Value converter =
      self->converters && column < self->converters->length ? self->converters->items[column] : kNone;
  if (converter != kNone) {
    const void *data = ::sqlite3_column_blob(stmt, column);
    if (!data) // NULL, and an empty blob too
      return kNone;
    return krt_call1_py(converter,
                        krt_bytes_new(data, static_cast<size_t>(::sqlite3_column_bytes(stmt, column))));
  }
  switch (::sqlite3_column_type(stmt, column)) {
  case SQLITE_NULL:
    return kNone;
  case SQLITE_INTEGER:
    return krt_result_int64(::sqlite3_column_int64(stmt, column));
  case SQLITE_FLOAT:
    return floatBox(::sqlite3_column_double(stmt, column));
  case SQLITE_TEXT:
    return textColumn_py(self, column);
  default: {
    const void *data = ::sqlite3_column_blob(stmt, column);
    return krt_bytes_new(data, static_cast<size_t>(::sqlite3_column_bytes(stmt, column)));
  }
  }
}

Tuple *row_py(SqlCursor *self) {
  int count = ::sqlite3_data_count(self->statement->stmt);
  Tuple *row = krt_tuple_new(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    row->items[i] = TRY(column_py(self, i));
    if (!self->statement) // a converter closed the connection
      return krt_raise(sqlErrors.programming, "Cannot operate on a closed database."), nullptr;
  }
  return row;
}

/// (name, None, ...) for each column.
Value description(SqlCursor *self) {
  sqlite3_stmt *stmt = self->statement->stmt;
  int count = ::sqlite3_column_count(stmt);
  if (!count)
    return kNone;
  Tuple *columns = krt_tuple_new(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    std::string_view name = ::sqlite3_column_name(stmt, i);
    if (self->connection->detect & kColumnNames)
      if (size_t open = name.find('['); open != name.npos)
        name = name.substr(0, open > 0 && name[open - 1] == ' ' ? open - 1 : open);
    Value fields[7] = {strFrom(name), kNone, kNone, kNone, kNone, kNone, kNone};
    columns->items[i] = krt_tuple_from(fields, 7);
  }
  return columns;
}

// ---- Execution --------------------------------------------------------------------------------------

/// Begins a transaction before a statement that changes rows.
bool begin_py(SqlCursor *self) {
  SqlConnection *connection = self->connection;
  if (connection->isolation == kNone || !self->statement->changes ||
      !::sqlite3_get_autocommit(db(connection)))
    return true;
  std::string sql = "BEGIN ";
  sql += strView(connection->isolation.as<Str>());
  return runPlain_py(connection, sql.c_str());
}

bool failStep_py(SqlCursor *self) {
  sqlite3 *database = self->connection->handle->db;
  if (!errorPending() && database)
    raiseSql_py(database);
  else if (!errorPending())
    krt_raise(sqlErrors.programming, "Cannot operate on a closed database.");
  return false;
}

/// The statement with each of the parameters; false with an exception pending.
bool executeEach_py(SqlCursor *self, Value iterator, bool many) {
  SqlConnection *connection = self->connection;
  SqlHandle *handle = connection->handle;
  for (;;) {
    Value parameters = nextOf(iterator);
    if (!parameters)
      return !errorPending();
    if (!handle->db || connection->handle != handle)
      return krt_raise(sqlErrors.programming, "Cannot operate on a closed database."), false;
    self->statement->busy = true;
    if (!bindAll_py(self, parameters) || !handle->db)
      return failStep_py(self);
    int code = stepStatement(self->statement);
    if (errorPending() || (code != SQLITE_DONE && code != SQLITE_ROW))
      return failStep_py(self);
    if (!many && !findConverters_py(self))
      return false;
    self->description = many ? kNone : description(self);
    if (code == SQLITE_DONE) {
      if (self->statement->changes)
        self->rowCount += ::sqlite3_changes(handle->db);
      ::sqlite3_reset(self->statement->stmt);
    } else if (many) {
      krt_raise(sqlErrors.programming, "executemany() can only execute DML statements.");
      return false;
    } else {
      return true;
    }
    if (!many)
      endStatement(self);
    if (!many)
      return true;
  }
}

Value execute_py(Value v, Value sql, Value parameters, bool many) {
  auto *self = cursorOf(v);
  if (!checkCursor(self))
    return {};
  if (!strCheck(sql))
    return krt_raise(kTypeError, "%s() argument 1 must be str, not %T", many ? "executemany" : "execute",
                     sql);
  CursorLock lock(self);
  SqlUse use(self->connection->handle);
  if (!use)
    return raiseClosed(), Value();
  Value iterator;
  if (many) {
    iterator = classOf(parameters)->slots.next ? parameters : TRY(krt_iter_py(parameters));
  } else {
    Value one = parameters ? parameters : Value(krt_tuple_empty);
    List *list = krt_list_from(&one, 1);
    iterator = TRY(krt_iter_py(list));
  }
  endStatement(self);
  self->description = kNone;
  SqlStatement *statement = TRY(prepare_py(self->connection, sql.as<Str>()));
  self->statement = statement;
  if (!statement->stmt) { // nothing but comments
    self->statement = nullptr;
    self->rowCount = -1;
    self->lastRow = krt_int_from_i64(::sqlite3_last_insert_rowid(db(self->connection)));
    return v;
  }
  if (many && ::sqlite3_stmt_readonly(statement->stmt) && !statement->changes) {
    self->statement = nullptr;
    return krt_raise(sqlErrors.programming, "executemany() can only execute DML statements.");
  }
  ::sqlite3_reset(statement->stmt);
  ::sqlite3_clear_bindings(statement->stmt);
  self->rowCount = statement->changes ? 0 : -1;
  bool done = begin_py(self) && executeEach_py(self, iterator, many);
  if (!done) {
    endStatement(self);
    self->rowCount = -1;
    return {};
  }
  if (many)
    endStatement(self);
  else if (sqlite3 *database = self->connection->handle->db)
    self->lastRow = krt_int_from_i64(::sqlite3_last_insert_rowid(database));
  return v;
}

/// The next row; null without an exception at the end.
Value next_py(Value v) {
  auto *self = cursorOf(v);
  if (!checkCursor(self) || !self->statement)
    return {};
  SqlHandle *handle = self->statement->handle;
  Value row;
  {
    CursorLock lock(self);
    SqlUse use(handle);
    if (!use)
      return failStep_py(self), Value();
    row = row_py(self);
    if (!row)
      return {};
    if (!handle->db)
      return failStep_py(self), Value();
    int code = stepStatement(self->statement);
    if (code == SQLITE_DONE && !errorPending()) {
      if (self->statement->changes)
        self->rowCount = ::sqlite3_changes(handle->db);
      endStatement(self);
    } else if (code != SQLITE_ROW || errorPending()) {
      failStep_py(self);
      endStatement(self);
      return {};
    }
  }
  if (self->rowFactory == kNone)
    return row;
  return krt_call2_py(self->rowFactory, v, row);
}

} // namespace

bool krt_sqlite_cursor_init_py(Value v, Value connection) {
  auto *self = cursorOf(v);
  if (!krt_instance(connection, &krt_sqlite_connection_class)) {
    krt_raise(kTypeError, "Cursor() argument 1 must be sqlite3.Connection, not %T", connection);
    return false;
  }
  if (self->connection && self->locked) {
    krt_raise(sqlErrors.programming, "Recursive use of cursors not allowed.");
    return false;
  }
  endStatement(self);
  self->connection = connection.as<SqlConnection>();
  self->closed = self->locked = false;
  self->arraySize = 1;
  self->rowCount = -1;
  armFinalizer(self);
  self->description = self->lastRow = self->rowFactory = kNone;
  return checkThread(self->connection);
}

Value krt_sqlite_cursor_execute_py(Value v, Value sql, Value parameters) {
  return execute_py(v, sql, parameters, false);
}
Value krt_sqlite_cursor_executemany_py(Value v, Value sql, Value parameters) {
  return execute_py(v, sql, parameters, true);
}

Value krt_sqlite_cursor_executescript_py(Value v, Str *script) {
  auto *self = cursorOf(v);
  if (!checkCursor(self))
    return {};
  size_t size;
  const char *sql = TRY(sqlChars(script, &size));
  SqlConnection *connection = self->connection;
  SqlUse use(connection->handle);
  if (!use)
    return raiseClosed(), Value();
  if (size > static_cast<size_t>(::sqlite3_limit(db(connection), SQLITE_LIMIT_SQL_LENGTH, -1)))
    return krt_raise(sqlErrors.data, "query string is too large");
  if (!::sqlite3_get_autocommit(db(connection)) && !runPlain_py(connection, "COMMIT"))
    return {};
  SqlHandle *handle = connection->handle;
  for (const char *end = sql + size; sql < end && handle->db;) {
    sqlite3_stmt *stmt = nullptr;
    int code;
    {
      SqlUnlocked unlocked;
      code = ::sqlite3_prepare_v2(handle->db, sql, static_cast<int>(end - sql) + 1, &stmt, &sql);
    }
    while (code == SQLITE_OK && stmt && handle->db && (code = stepStatement(handle, stmt)) == SQLITE_ROW &&
           !errorPending())
      code = SQLITE_OK;
    if (handle->db && stmt) {
      int ended = ::sqlite3_finalize(stmt);
      code = code == SQLITE_DONE ? ended : code;
    }
    if (errorPending() || (code != SQLITE_OK && code != SQLITE_DONE)) {
      failStep_py(self);
      return {};
    }
    if (!stmt && !*sql)
      break;
  }
  return v;
}

Value krt_sqlite_cursor_fetchone_py(Value v) {
  Value row = next_py(v);
  return row || errorPending() ? row : kNone;
}
Value krt_sqlite_cursor_fetchmany_py(Value v, Value size) {
  int64_t most = cursorOf(v)->arraySize;
  if (size) {
    most = krt_index_i64_py(size, kOverflowError);
    if (errorPending())
      return {};
  }
  List *rows = krt_list_new(0);
  Value row;
  while ((most <= 0 || rows->length < most) && (row = next_py(v)))
    krt_list_append(rows, row);
  return errorPending() ? Value() : Value(rows);
}
Value krt_sqlite_cursor_fetchall_py(Value v) {
  List *rows = krt_list_new(0);
  while (Value row = next_py(v))
    krt_list_append(rows, row);
  return errorPending() ? Value() : Value(rows);
}

Value krt_sqlite_cursor_close(Value v) {
  auto *self = cursorOf(v);
  if (self->locked)
    return krt_raise(sqlErrors.programming, "Recursive use of cursors not allowed.");
  if (!self->connection)
    return krt_raise(sqlErrors.programming, "Base Cursor.__init__ not called.");
  if (!checkConnection(self->connection))
    return {};
  endStatement(self);
  self->closed = true;
  return kNone;
}
Value krt_sqlite_cursor_setinputsizes(Value, Value) { return kNone; }
Value krt_sqlite_cursor_setoutputsize(Value, Value, Value) { return kNone; }

static Value orNone(Value value) { return value ? value : kNone; }
Value krt_sqlite_cursor_connection(Value v) {
  return cursorOf(v)->connection ? Value(cursorOf(v)->connection) : kNone;
}
Value krt_sqlite_cursor_description(Value v) { return orNone(cursorOf(v)->description); }
Value krt_sqlite_cursor_lastrowid(Value v) { return orNone(cursorOf(v)->lastRow); }
int64_t krt_sqlite_cursor_rowcount(Value v) { return cursorOf(v)->rowCount; }
int64_t krt_sqlite_cursor_arraysize(Value v) { return cursorOf(v)->arraySize; }
bool krt_sqlite_cursor_setArraysize_py(Value v, Value value) {
  int64_t size = value ? krt_index_i64_py(value, kOverflowError)
                       : raiseInt(kTypeError, "can't delete numeric/char attribute");
  if (errorPending())
    return false;
  cursorOf(v)->arraySize = size;
  return true;
}
Value krt_sqlite_cursor_rowFactory(Value v) { return orNone(cursorOf(v)->rowFactory); }
bool krt_sqlite_cursor_setRowFactory(Value v, Value value) {
  cursorOf(v)->rowFactory = orNone(value);
  return true;
}

// ---- Row --------------------------------------------------------------------------------------------

namespace {

SqlRow *rowOf(Value v) { return v.as<SqlRow>(); }

Value makeCursor(Class *cls, const Value *, size_t, Tuple *) {
  return newInstance<SqlCursor>(krt_sqlite_cursor_class, cls);
}

void endCursor(Value v) { endStatement(cursorOf(v)); }

int64_t rowLength(Value v) { return rowOf(v)->values->length; }
Value rowIter(Value v) { return iterateTuple(rowOf(v)->values); }

Value rowItem_py(Value v, Value key) {
  SqlRow *self = rowOf(v);
  if (krt_int_check(key)) {
    int64_t index = krt_index_i64_py(key, kIndexError);
    if (errorPending())
      return {};
    return krt_getitem_py(self->values, smallInt(index));
  }
  if (strCheck(key)) {
    std::string_view wanted = strView(key.as<Str>());
    Tuple *columns = self->description == kNone ? krt_tuple_empty : self->description.as<Tuple>();
    for (int64_t i = 0; i < columns->length && i < self->values->length; ++i) {
      std::string_view name = strView(columns->items[i].as<Tuple>()->items[0].as<Str>());
      if (name == wanted || (name.size() == wanted.size() &&
                             ::sqlite3_strnicmp(name.data(), wanted.data(), int(name.size())) == 0))
        return self->values->items[i];
    }
    return krt_raise(kIndexError, "No item with that key");
  }
  if (isExact(key, krt_slice_class))
    return krt_getitem_py(self->values, key);
  return krt_raise(kIndexError, "Index must be int or string");
}

int rowHash(Value v, int64_t *out) {
  int64_t names, values;
  if (krt_hash_py(rowOf(v)->description, &names) < 0 || krt_hash_py(rowOf(v)->values, &values) < 0)
    return -1;
  *out = names ^ values;
  if (*out == -1)
    *out = -2;
  return 0;
}

Value rowCompare(Value a, Value b, CompareOp op) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !krt_instance(b, &krt_sqlite_row_class) ||
      !krt_instance(a, &krt_sqlite_row_class))
    return kNotImplemented;
  int same = krt_equal_py(rowOf(a)->description, rowOf(b)->description);
  if (same < 0)
    return {};
  if (!same)
    return boolean(op == CompareOp::Ne);
  return krt_compare_py(rowOf(a)->values, rowOf(b)->values, op);
}

} // namespace

Value krt_sqlite_row_create_py(Class *cls, ArgSpan args, Dict *kwargs) {
  if (kwargs)
    return krt_raise(kTypeError, "Row() takes no keyword arguments");
  if (args.size != 2)
    return krt_raise(kTypeError, "Row expected 2 arguments, got %zu", args.size);
  if (!krt_instance(args.data[0], &krt_sqlite_cursor_class))
    return krt_raise(kTypeError, "Row() argument 1 must be sqlite3.Cursor, not %T", args.data[0]);
  if (!hasClassFlag(args.data[1], kClassTupleSub))
    return krt_raise(kTypeError, "Row() argument 2 must be tuple, not %T", args.data[1]);
  auto *self = newInstance<SqlRow>(krt_sqlite_row_class, cls);
  self->values = args.data[1].as<Tuple>();
  self->description = orNone(cursorOf(args.data[0])->description);
  return self;
}

Value krt_sqlite_row_keys(Value v) {
  List *names = krt_list_new(0);
  if (rowOf(v)->description != kNone)
    for (Tuple *columns = rowOf(v)->description.as<Tuple>(); names->length < columns->length;)
      krt_list_append(names, columns->items[names->length].as<Tuple>()->items[0]);
  return names;
}

extern "C" {
Class krt_sqlite_cursor_class = {
    .flags = kClassBase | kClassWeakref,
    .nativeName = "sqlite3.Cursor",
    .basicSize = sizeof(SqlCursor),
    .slots = {.iter = iteratorSelf,
              .next = next_py,
              .init = krt_sqlite_cursor_init,
              .make = makeCursor,
              .finalize = endCursor},
    .methods = krt_sqlite_cursor_defs,
    .doc = krt_sqlite_cursor_doc,
};
Class krt_sqlite_row_class = {
    .flags = kClassBase,
    .nativeName = "sqlite3.Row",
    .basicSize = sizeof(SqlRow),
    .slots = {.hash = rowHash,
              .richcompare = rowCompare,
              .iter = rowIter,
              .length = rowLength,
              .getitem = rowItem_py,
              .make = krt_sqlite_row_make},
    .methods = krt_sqlite_row_defs,
};
}

} // namespace krait
