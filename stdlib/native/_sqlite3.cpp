// _sqlite3.cpp - see _sqlite3.h: module functions, exceptions, adapters and the life of handles.
#include "stdlib/native/_sqlite3.h"
#include "runtime/gc/closer.h"

#include "runtime/object/weakref.h"
#include "stdlib/native/_sqlite3_codes.h"
#include "stdlib/native/_sqlite3_parts.h"
#include "stdlib/native/system_calls.h"

#include <algorithm>

#include "stdlib/native/_sqlite3.bind.inc"

namespace krait {

SqlErrors sqlErrors;
Dict *sqlConverters;
bool sqlTracebacks = false;

namespace {

Dict *adapters;            // (class, protocol) -> callable
bool plainAdapted = false; // there are adapters for classes that SQLite knows: all parameters are looked up

const char *resultName(int code) {
#define X(name)                                                                                              \
  if (code == SQLITE_##name)                                                                                 \
    return "SQLITE_" #name;
  SQLITE_RESULT_CODES(X)
#undef X
  return nullptr;
}

Class *classOfResult(int code) {
  switch (code & 0xff) {
  case SQLITE_INTERNAL:
  case SQLITE_NOTFOUND:
    return sqlErrors.internal;
  case SQLITE_ERROR:
  case SQLITE_PERM:
  case SQLITE_ABORT:
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_READONLY:
  case SQLITE_INTERRUPT:
  case SQLITE_IOERR:
  case SQLITE_FULL:
  case SQLITE_CANTOPEN:
  case SQLITE_PROTOCOL:
  case SQLITE_EMPTY:
  case SQLITE_SCHEMA:
    return sqlErrors.operational;
  case SQLITE_TOOBIG:
    return sqlErrors.data;
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH:
    return sqlErrors.integrity;
  case SQLITE_MISUSE:
  case SQLITE_RANGE:
    return sqlErrors.interface;
  default:
    return sqlErrors.database;
  }
}

Value adapterKey(Value type, Value protocol) {
  Value parts[2] = {type, protocol};
  return krt_tuple_from(parts, 2);
}

/// Asks for an adapter: the registered one, the protocol's, the object's own; [otherwise] (may be null) if
/// there is none.
Value adapt_py(Value object, Value protocol, Value otherwise) {
  Value adapter = krt_dict_get_py(adapters, adapterKey(classOf(object), protocol));
  if (adapter)
    return krt_call1_py(adapter, object);
  if (errorPending())
    return {};
  Value ways[2][2] = {{protocol, object}, {object, protocol}};
  for (int i = 0; i < 2; ++i) {
    Value method = krt_getattr_optional_py(ways[i][0], i ? KSTR(__conform__) : KSTR(__adapt__));
    if (!method && errorPending())
      return {};
    if (!method)
      continue;
    Value adapted = krt_call1_py(method, ways[i][1]);
    if (adapted && adapted != kNone)
      return adapted;
    if (!adapted && !krt_error_clear_if(kTypeError))
      return {};
  }
  return otherwise ? otherwise : krt_raise(sqlErrors.programming, "can't adapt");
}

} // namespace

void dropHandle(SqlHandle *handle) {
  if (handle && --handle->users == 0) {
    closeHandle(handle);
    delete handle;
  }
}

void armFinalizer(Object *object) {
  if (!(classOf(object)->flags & kClassHasDel) && !krt_weakref_referred(object))
    krt_gc_set_closer(object, [](Object *dead) { dead->shape->cls->slots.finalize(dead); });
}

void closeHandle(SqlHandle *handle) {
  if (!handle->db)
    return;
  for (SqlBlob *blob : handle->blobs) {
    ::sqlite3_blob_close(blob->blob);
    blob->blob = nullptr;
  }
  handle->blobs.clear();
  while (sqlite3_stmt *stmt = ::sqlite3_next_stmt(handle->db, nullptr))
    ::sqlite3_finalize(stmt);
  ::sqlite3_close_v2(handle->db);
  handle->db = nullptr;
}

Value raiseSql_py(sqlite3 *db) {
  KRT_ALLOW_PY("the classes are plain native exception classes");
  int code = ::sqlite3_extended_errcode(db);
  if ((code & 0xff) == SQLITE_NOMEM)
    return krt_raise_memory();
  Value exception = TRY(krt_call1_py(classOfResult(code), strFrom(::sqlite3_errmsg(db))));
  const char *name = resultName(code);
  krt_setattr_py(exception, KSTR(sqlite_errorcode), smallInt(code));
  krt_setattr_py(exception, KSTR(sqlite_errorname), name ? Value(strFrom(name)) : kNone);
  return krt_raise_value(exception);
}

void endCallback(Value callable) {
  if (!errorPending())
    return;
  if (sqlTracebacks)
    krt_error_unraisable(callable);
  else
    krt_error_clear();
}

Value adaptParameter_py(Value parameter) {
  bool plain = isExact(parameter, krt_str_class) || parameter.isInt() || isFloat(parameter) ||
               isExact(parameter, krt_int_class) || isExact(parameter, krt_bytearray_class);
  if (plain && !plainAdapted)
    return parameter;
  return adapt_py(parameter, &krt_sqlite_prepareprotocol_class, parameter);
}

Str *sqlText(const void *text, int64_t size) {
  KRT_ALLOW_PY("the codec is native");
  Value decoded = krt_codec_decode_py(krt_bytes_new(text, static_cast<size_t>(size)), "utf-8", "strict");
  if (!decoded)
    krt_error_clear();
  return decoded ? decoded.as<Str>() : nullptr;
}

const char *sqlChars(Str *text, size_t *size) {
  const char *chars = krt_str_utf8(text, size);
  if (chars && std::memchr(chars, 0, *size)) {
    krt_raise(kValueError, "embedded null character");
    return nullptr;
  }
  return chars;
}

Value krt__sqlite3_connect_py(ArgSpan args, Dict *kwargs) {
  Value factory = args.size > 5 ? args.data[5] : kwargs ? krt_dict_get_str(kwargs, KSTR(factory)) : Value();
  return krt_call_ex_py(factory ? factory : Value(&krt_sqlite_connection_class),
                        krt_tuple_from(args.data, args.size), kwargs);
}

Value krt__sqlite3_completeStatement(Str *statement) {
  size_t size;
  return boolean(::sqlite3_complete(TRY(sqlChars(statement, &size))));
}

Value krt__sqlite3_enableSharedCache_py(int64_t on) {
  if (krt_warn_py(kDeprecationWarning, 1,
                  "enable_shared_cache is deprecated and will be removed in Python 3.12. Shared cache is "
                  "strongly discouraged by the "
                  "SQLite 3 documentation. If shared cache must be used, open the database in URI mode using "
                  "the cache=shared query "
                  "parameter.") < 0)
    return {};
  if (::sqlite3_enable_shared_cache(static_cast<int>(on)) != SQLITE_OK)
    return krt_raise(sqlErrors.operational, "Changing the shared_cache flag failed");
  return kNone;
}

Value krt__sqlite3_registerAdapter_py(Value type, Value adapter) {
  if (type == Value(&krt_int_class) || type == Value(&krt_float_class) || type == Value(&krt_str_class) ||
      type == Value(&krt_bytearray_class))
    plainAdapted = true;
  TRY_INT(krt_dict_set_py(adapters, adapterKey(type, &krt_sqlite_prepareprotocol_class), adapter));
  return kNone;
}

Value krt__sqlite3_registerConverter_py(Str *name, Value converter) {
  Value upper = TRY(krt_call_method_py(name, KSTR(upper), nullptr, 0));
  TRY_INT(krt_dict_set_py(sqlConverters, upper, converter));
  return kNone;
}

void krt__sqlite3_enableCallbackTracebacks(bool enable) { sqlTracebacks = enable; }

Value krt__sqlite3_adapt_py(Value object, Value protocol, Value otherwise) {
  return adapt_py(object, protocol ? protocol : Value(&krt_sqlite_prepareprotocol_class), otherwise);
}

Value krt_sqlite_prepareprotocol_create(Class *cls, ArgSpan, Dict *) {
  return newInstance<Object>(krt_sqlite_prepareprotocol_class, cls);
}

extern "C" {
Class krt_sqlite_prepareprotocol_class = {
    .flags = kClassBase,
    .nativeName = "sqlite3.PrepareProtocol",
    .basicSize = sizeof(Object),
    .slots = {.make = krt_sqlite_prepareprotocol_make},
    .doc = krt_sqlite_prepareprotocol_doc,
};
}

namespace {

bool addErrors(Module *module) {
  SqlErrors &e = sqlErrors;
  struct {
    Class **slot;
    const char *name;
    Class **base;
  } rows[] = {{&e.error, "Error", nullptr},
              {&e.warning, "Warning", nullptr},
              {&e.interface, "InterfaceError", &e.error},
              {&e.database, "DatabaseError", &e.error},
              {&e.data, "DataError", &e.database},
              {&e.operational, "OperationalError", &e.database},
              {&e.integrity, "IntegrityError", &e.database},
              {&e.internal, "InternalError", &e.database},
              {&e.programming, "ProgrammingError", &e.database},
              {&e.notSupported, "NotSupportedError", &e.database}};
  for (auto &row : rows) {
    if (!addException(module, row.slot, "sqlite3", row.name, row.base ? Value(*row.base) : Value(kException)))
      return false;
    krt_dict_set_str(krt_sqlite_connection_class.dict, strIntern(row.name), *row.slot);
  }
  return true;
}

} // namespace

bool krt__sqlite3_init(Module *module) {
  for (Class *cls : {&krt_sqlite_connection_class, &krt_sqlite_cursor_class, &krt_sqlite_row_class,
                     &krt_sqlite_blob_class, &krt_sqlite_prepareprotocol_class})
    addClass(module, cls);
  if (!addErrors(module))
    return false;
  if (!adapters) {
    static Dict *kept[2]; // static data is a root
    kept[0] = adapters = krt_dict_new();
    kept[1] = sqlConverters = krt_dict_new();
  }
  krt_dict_set_str(module->dict, KSTR(adapters), adapters);
  krt_dict_set_str(module->dict, KSTR(converters), sqlConverters);
  krt_dict_set_str(module->dict, KSTR(version), strFrom("2.6.0"));
  krt_dict_set_str(module->dict, KSTR(sqlite_version), strFrom(::sqlite3_libversion()));
  static const ConstantRow constants[] = {{"PARSE_DECLTYPES", 1},
                                          {"PARSE_COLNAMES", 2},
                                          {"threadsafety", 3},
#define X(name) {"SQLITE_" #name, SQLITE_##name},
                                          SQLITE_RESULT_CODES(X) SQLITE_OTHER_CODES(X)
#undef X
  };
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
