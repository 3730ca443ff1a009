// errors.cpp - raising from C++ and looking at the pending exception.
#include "runtime/object/errors.h"

#include "runtime/gc/gc.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/format.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace krait {

int (*krt_warn_hook_py)(Class *, Str *, int);
void (*krt_unraisable_hook_py)(Value, Value, const char *);

void krt_exception_set_context(Value value) {
  auto *exception = value.as<Exception>();
  Value handled = handledException();
  if (!handled || handled == kNone || handled == value)
    return;
  // The new exception must not appear in the chain it is put in front of. Brent's second pointer stops at older cycles.
  Value slow = handled;
  bool advance = false;
  for (Value at = handled;;) {
    Value context = at.as<Exception>()->context;
    if (!context || context == kNone)
      break;
    if (context == value) {
      at.as<Exception>()->context = kNone;
      break;
    }
    at = context;
    if (at == slow)
      break;
    if (advance)
      slow = slow.as<Exception>()->context;
    advance = !advance;
  }
  exception->context = handled;
}

Value krt_raise_value(Value exception) {
  krt_exception_set_context(exception);
  krt_thread.pending = exception;
  return {};
}

static Value raiseText(Class *cls, const char *format, va_list args) {
  Str *message = krt_str_format_va(format, args);
  if (!message)
    return {}; // %S and %R run code that may raise
  return krt_raise_value(krt_exception_new(cls, message));
}

Value krt_raise(Class *cls, const char *format, ...) {
  va_list args;
  va_start(args, format);
  raiseText(cls, format, args);
  va_end(args);
  return {};
}

Value krt_raise_args(Class *cls, const Value *args, size_t count) {
  KRT_ALLOW_PY("the constructors of native exceptions run none");
  Value exception = TRY(krt_call_py(cls, args, count, nullptr));
  return krt_raise_value(exception);
}

Value krt_raise_attribute_error(Value object, Str *name, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str *message = krt_str_format_va(format, args);
  va_end(args);
  if (!message)
    return {};
  auto *exception = static_cast<AttributeErrorObject *>(krt_exception_new(kAttributeError, message));
  exception->object = object;
  exception->name = name;
  return krt_raise_value(exception);
}

Value krt_raise_name_error(Class *cls, Str *name, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str *message = krt_str_format_va(format, args);
  va_end(args);
  if (!message)
    return {};
  auto *exception = static_cast<NameErrorObject *>(krt_exception_new(cls, message));
  exception->name = name;
  return krt_raise_value(exception);
}

Value krt_raise_import_error(Class *cls, Value name, Value path, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str *message = krt_str_format_va(format, args);
  va_end(args);
  if (!message)
    return {};
  auto *exception = static_cast<ImportErrorObject *>(krt_exception_new(cls, message));
  exception->message = message;
  exception->name = name;
  exception->path = path;
  return krt_raise_value(exception);
}

Value krt_raise_unicode(Class *cls, const char *encoding, Value object, int64_t start, int64_t end,
                        const char *reason) {
  auto *exception = static_cast<UnicodeErrorObject *>(krt_exception_new(cls, nullptr));
  bool translate = cls == kUnicodeTranslateError;
  if (!translate)
    exception->encoding = strFrom(encoding);
  exception->object = object;
  exception->start = start;
  exception->end = end;
  exception->reason = strFrom(reason);
  Value args[] = {exception->encoding, object, krt_int_from_i64(start), krt_int_from_i64(end), exception->reason};
  exception->args = translate ? krt_tuple_from(args + 1, 4) : krt_tuple_from(args, 5);
  return krt_raise_value(exception);
}

Value krt_raise_stop_iteration(Value value) {
  auto *exception = static_cast<StopIterationObject *>(krt_exception_new(kStopIteration, nullptr));
  exception->value = value ? value : kNone;
  if (value && value != kNone)
    exception->args = krt_tuple_from(&value, 1);
  return krt_raise_value(exception);
}

Value krt_raise_key_error(Value key) {
  Exception *exception = krt_exception_new(kKeyError, nullptr);
  exception->args = krt_tuple_from(&key, 1);
  return krt_raise_value(exception);
}

Value krt_raise_errno(int error, Value filename, Value filename2) {
  Value args[5] = {krt_int_from_i64(error), strFrom(std::strerror(error)), kNone, kNone, kNone};
  size_t count = 2;
  if (filename) {
    args[2] = filename;
    count = 3;
  }
  if (filename2) {
    args[4] = filename2;
    count = 5;
  }
  return krt_raise_args(kOSError, args, count);
}

Value krt_raise_memory() { return krt_raise_value(krt_exception_new(kMemoryError, nullptr)); }

Value krt_raise_recursion(const char *where) {
  // Making the exception needs some stack itself: the limit is moved out of the way meanwhile.
  char *limit = krt_thread.stackLimit;
  krt_thread.stackLimit = nullptr;
  krt_raise(kRecursionError, "maximum recursion depth exceeded%s", where);
  krt_thread.stackLimit = limit;
  return {};
}

bool krt_error_matches(Class *cls) { return krt_thread.pending && krt_instance(krt_thread.pending, cls); }

Value krt_error_take() {
  Value exception = krt_thread.pending;
  krt_thread.pending = Value();
  return exception;
}
void krt_error_clear() { krt_thread.pending = Value(); }
bool krt_error_clear_if(Class *cls) {
  if (!krt_error_matches(cls))
    return false;
  krt_thread.pending = Value();
  return true;
}
void krt_error_restore(Value exception) { krt_thread.pending = exception; }

void krt_error_set_cause(Value cause) {
  auto *exception = krt_thread.pending.as<Exception>();
  exception->cause = cause;
  exception->context = cause;
  exception->suppressContext = true;
}

void krt_error_unraisable(Value where) { krt_error_unraisable_message(nullptr, where); }

void krt_error_unraisable_message(const char *message, Value where) {
  Value exception = krt_error_take();
  if (!exception)
    return;
  if (krt_unraisable_hook_py) {
    krt_unraisable_hook_py(exception, where, message);
    krt_error_clear();
    return;
  }
  Str *text = krt_str_format("%s: %R\n%T: %S\n", message ? message : "Exception ignored in", where ? where : kNone, exception, exception);
  krt_error_clear();
  if (text) {
    size_t size;
    const char *bytes = krt_str_utf8_lossy(text, &size);
    std::fwrite(bytes, 1, size, stderr);
  }
}

int krt_warn_py(Class *category, int stackLevel, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Str *message = krt_str_format_va(format, args);
  va_end(args);
  if (!message)
    return -1;
  return krt_warn_hook_py ? krt_warn_hook_py(category, message, stackLevel) : 0;
}

} // namespace krait
