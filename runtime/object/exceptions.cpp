// exceptions.cpp - the built-in exception classes, their fields, construction and text; traceback objects.
#include "runtime/object/exceptions.h"

#include "runtime/gc/gc.h"
#include "runtime/object/args.h"
#include "runtime/object/audit.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/descriptors.h"
#include "runtime/object/errors.h"
#include "runtime/object/function.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"
#include "runtime/object/union.h"

#include <cerrno>

#include "runtime/object/exceptions.bind.inc"

namespace krait {

namespace {

template <typename T = Exception> T *as(Value v) { return v.as<T>(); }
Value orNone(Value v) { return v ? v : kNone; }

// ---- BaseException ---------------------------------------------------------------------------------------

Value makeException(Class *cls, const Value *args, size_t nargs, Tuple *) {
  auto *exception = static_cast<Exception *>(krt_instance_new(cls, 0));
  exception->args = nargs ? krt_tuple_from(args, nargs) : krt_tuple_empty;
  return exception;
}

bool noKeywords(Value self, Tuple *kwnames) {
  if (!kwnames || !kwnames->length)
    return true;
  krt_raise(kTypeError, "%.200T() takes no keyword arguments", self);
  return false;
}
int initException(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!noKeywords(self, kwnames))
    return -1;
  as(self)->args = nargs ? krt_tuple_from(args, nargs) : krt_tuple_empty;
  return 0;
}

Value exceptionStr(Value self) {
  Tuple *args = as(self)->args;
  if (args->length == 0)
    return krt_str_empty;
  return krt_str_of_py(args->length == 1 ? args->items[0] : Value(args));
}
Value exceptionRepr(Value self) {
  Tuple *args = as(self)->args;
  Value name = classOf(self)->name;
  if (args->length == 1)
    return krt_str_format("%S(%R)", name, args->items[0]);
  return krt_str_format("%S%R", name, Value(args));
}

// ---- Constructors of exceptions with fields -----------------------------------------------------

int initStopIteration(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (initException(self, args, nargs, kwnames) < 0)
    return -1;
  as<StopIterationObject>(self)->value = nargs ? args[0] : kNone;
  return 0;
}
int initSystemExit(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (initException(self, args, nargs, kwnames) < 0)
    return -1;
  as<SystemExitObject>(self)->code = nargs == 0 ? kNone : nargs == 1 ? args[0] : Value(as(self)->args);
  return 0;
}

/// Takes keyword-only arguments [names]; anything else is an error worded for class [owner].
int takeKeywords(const Value *args, size_t nargs, Tuple *kwnames, const char *owner, const char *const *names,
                 Value *const *fields, size_t count) {
  if (kwnames && kwnames->length > static_cast<int64_t>(count))
    return raiseInt(kTypeError, "%s() takes at most %zu keyword argument%s (%lld given)", owner, count,
                    count == 1 ? "" : "s", static_cast<long long>(kwnames->length));
  for (int64_t i = 0; kwnames && i < kwnames->length; ++i) {
    std::string_view name = strView(kwnames->items[i].as<Str>());
    size_t k = 0;
    while (k < count && name != names[k])
      ++k;
    if (k == count)
      return raiseInt(kTypeError, "'%S' is an invalid keyword argument for %s", kwnames->items[i], owner);
    if (fields[k])
      *fields[k] = args[nargs + static_cast<size_t>(i)];
  }
  return 0;
}
int initImportError(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *e = as<ImportErrorObject>(self);
  e->args = nargs ? krt_tuple_from(args, nargs) : krt_tuple_empty;
  e->name = e->path = Value();
  static const char *const names[] = {"name", "path"};
  Value *const fields[] = {&e->name, &e->path};
  if (takeKeywords(args, nargs, kwnames, "ImportError", names, fields, 2) < 0)
    return -1;
  e->message = nargs == 1 ? args[0] : Value();
  return 0;
}
int initAttributeError(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *e = as<AttributeErrorObject>(self);
  e->args = nargs ? krt_tuple_from(args, nargs) : krt_tuple_empty;
  e->name = e->object = Value();
  static const char *const names[] = {"name", "obj"};
  Value *const fields[] = {&e->name, &e->object};
  return takeKeywords(args, nargs, kwnames, "AttributeError", names, fields, 2);
}
int initNameError(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  auto *e = as<NameErrorObject>(self);
  e->args = nargs ? krt_tuple_from(args, nargs) : krt_tuple_empty;
  e->name = Value();
  static const char *const names[] = {"name"};
  Value *const fields[] = {&e->name};
  return takeKeywords(args, nargs, kwnames, "NameError", names, fields, 1);
}
Value strImportError(Value self) {
  Value message = as<ImportErrorObject>(self)->message;
  return message && isExact(message, krt_str_class) ? message : exceptionStr(self);
}
Value strKeyError(Value self) {
  // A lone key is shown by repr, so that '' and ' ' can be told from nothing.
  if (as(self)->args->length == 1)
    return krt_repr_py(as(self)->args->items[0]);
  return exceptionStr(self);
}

// ---- OSError ------------------------------------------------------------------------------------

/// Whether the class leaves construction to __new__, as CPython decides from the methods that are overridden.
bool fieldsFromInit(Class *cls) {
  return cls->slots.init != krt_OSError_class.slots.init && cls->slots.make == krt_OSError_class.slots.make;
}
void setOSErrorFields(OSErrorObject *e, const Value *args, size_t nargs) {
  e->args = nargs ? krt_tuple_from(args, nargs) : krt_tuple_empty;
  if (nargs < 2 || nargs > 5)
    return;
  e->error = args[0];
  e->text = args[1];
  if (nargs < 3 || args[2] == kNone)
    return;
  if (krt_instance(e, kBlockingIOError) && krt_int_check(args[2])) {
    e->written = args[2];
    return;
  }
  e->filename = args[2];
  if (nargs == 5 && args[4] != kNone)
    e->filename2 = args[4];
  e->args = krt_tuple_from(args, 2); // pickles and str() show errno and strerror only
}
Value makeOSError(Class *cls, const Value *args, size_t nargs, Tuple *kwnames) {
  bool later = fieldsFromInit(cls);
  if (!later && kwnames && kwnames->length)
    return krt_raise(kTypeError, "%N() takes no keyword arguments", cls);
  if (!later && cls == kOSError && nargs >= 2 && nargs <= 5 && args[0].isInt())
    if (Class *better = krt_exception_class_of_errno(args[0].asInt()))
      cls = better;
  auto *e = static_cast<OSErrorObject *>(krt_instance_new(cls, 0));
  e->args = krt_tuple_empty;
  if (!later)
    setOSErrorFields(e, args, nargs);
  return e;
}
int initOSError(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (!fieldsFromInit(classOf(self)))
    return 0; // __new__ did it
  if (!noKeywords(self, kwnames))
    return -1;
  setOSErrorFields(as<OSErrorObject>(self), args, nargs);
  return 0;
}
Value strOSError(Value self) {
  auto *e = as<OSErrorObject>(self);
  if (e->filename) {
    if (e->filename2)
      return krt_str_format("[Errno %S] %S: %R -> %R", orNone(e->error), orNone(e->text), e->filename,
                            e->filename2);
    return krt_str_format("[Errno %S] %S: %R", orNone(e->error), orNone(e->text), e->filename);
  }
  if (e->error && e->text)
    return krt_str_format("[Errno %S] %S", e->error, e->text);
  return exceptionStr(self);
}

// ---- SyntaxError --------------------------------------------------------------------------------

int initSyntaxError(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (initException(self, args, nargs, kwnames) < 0)
    return -1;
  auto *e = as<SyntaxErrorObject>(self);
  if (nargs >= 1)
    e->message = args[0];
  if (nargs != 2)
    return 0;
  Tuple *info = TRY_OR_MINUS(krt_tuple_from_py(args[1]));
  if (info->length < 4 || info->length > 6)
    return raiseInt(kTypeError, "function %s %d argument%s (%zd given)",
                    info->length < 4 ? "missing required" : "takes at most", info->length < 4 ? 4 : 6, "s",
                    static_cast<ssize_t>(info->length));
  if (info->length == 5)
    return raiseInt(kTypeError, "end_offset must be provided when end_lineno is provided");
  Value *fields[] = {&e->filename, &e->line, &e->column, &e->text, &e->endLine, &e->endColumn};
  for (int64_t i = 0; i < info->length; ++i)
    *fields[i] = info->items[i];
  return 0;
}
Value strSyntaxError(Value self) {
  auto *e = as<SyntaxErrorObject>(self);
  Value message = orNone(e->message);
  bool haveFile = e->filename && strCheck(e->filename), haveLine = e->line && krt_int_check(e->line);
  if (!haveFile && !haveLine)
    return krt_str_of_py(message);
  Value base;
  if (haveFile) {
    Str *name = e->filename.as<Str>();
    int64_t start = 0;
    for (int64_t i = 0; i < name->length(); ++i)
      if (name->at(i) == '/')
        start = i + 1;
    base = krt_str_substring(name, start, name->length());
  }
  if (haveFile && haveLine)
    return krt_str_format("%S (%S, line %S)", message, base, e->line);
  if (haveFile)
    return krt_str_format("%S (%S)", message, base);
  return krt_str_format("%S (line %S)", message, e->line);
}

// ---- Unicode errors -----------------------------------------------------------------------------

int initUnicode(Value self, const Value *args, size_t nargs, Tuple *kwnames) {
  if (initException(self, args, nargs, kwnames) < 0)
    return -1;
  auto *e = as<UnicodeErrorObject>(self);
  bool translate = krt_instance(self, kUnicodeTranslateError),
       decode = krt_instance(self, kUnicodeDecodeError);
  size_t wanted = translate ? 4 : 5;
  if (nargs != wanted)
    return raiseInt(kTypeError, "function takes exactly %zu arguments (%zu given)", wanted, nargs);
  const Value *at = args;
  if (!translate) {
    if (!strCheck(*at))
      return raiseInt(kTypeError, "argument 1 must be str, not %.50T", *at);
    e->encoding = *at++;
  }
  if (!decode && !strCheck(*at))
    return raiseInt(kTypeError, "argument %d must be str, not %.50T", translate ? 1 : 2, *at);
  e->object = *at++;
  if (decode && !hasClassFlag(e->object, kClassBytesSub)) {
    Value bytes = TRY_OR_MINUS(krt_call1_py(TRY_OR_MINUS(krt_builtin_py(KSTR(bytes))), e->object));
    e->object = bytes;
  }
  e->start = krt_index_i64_py(*at++, kOverflowError);
  if (e->start == -1 && errorPending())
    return -1;
  e->end = krt_index_i64_py(*at++, kOverflowError);
  if (e->end == -1 && errorPending())
    return -1;
  if (!strCheck(*at))
    return raiseInt(kTypeError, "argument %d must be str, not %.50T", translate ? 4 : 5, *at);
  e->reason = *at;
  return 0;
}
Value strUnicode(Value self) {
  auto *e = as<UnicodeErrorObject>(self);
  if (!e->object)
    return krt_str_empty; // __init__ did not run
  bool decode = krt_instance(self, kUnicodeDecodeError),
       translate = krt_instance(self, kUnicodeTranslateError);
  int64_t length = decode ? as<Bytes>(e->object)->length : as<Str>(e->object)->length();
  bool one = e->start >= 0 && e->start < length && e->end == e->start + 1;
  long long start = e->start, end = e->end;
  if (decode) {
    if (one)
      return krt_str_format("'%S' codec can't decode byte 0x%02x in position %lld: %S", e->encoding,
                            unsigned(as<Bytes>(e->object)->data[e->start]), start, e->reason);
    return krt_str_format("'%S' codec can't decode bytes in position %lld-%lld: %S", e->encoding, start,
                          end - 1, e->reason);
  }
  char which[16] = "";
  if (one) {
    uint32_t c = as<Str>(e->object)->at(e->start);
    snprintf(which, sizeof(which), c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x", c);
  }
  if (translate)
    return one ? krt_str_format("can't translate character '%s' in position %lld: %S", which, start,
                                e->reason)
               : krt_str_format("can't translate characters in position %lld-%lld: %S", start, end - 1,
                                e->reason);
  return one ? krt_str_format("'%S' codec can't encode character '%s' in position %lld: %S", e->encoding,
                              which, start, e->reason)
             : krt_str_format("'%S' codec can't encode characters in position %lld-%lld: %S", e->encoding,
                              start, end - 1, e->reason);
}

// ---- Exception groups ---------------------------------------------------------------------------

Value makeGroup(Class *cls, const Value *args, size_t nargs, Tuple *) {
  if (nargs != 2)
    return krt_raise(kTypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)", nargs);
  if (!strCheck(args[0]))
    return krt_raise(kTypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not %T", args[0]);
  if (!classOf(args[1])->slots.getitem || hasClassFlag(args[1], kClassDictSub) ||
      !classOf(args[1])->slots.length)
    return krt_raise(kTypeError, "second argument (exceptions) must be a sequence");
  Tuple *exceptions = TRY(krt_tuple_from_py(args[1]));
  if (exceptions->length == 0)
    return krt_raise(kValueError, "second argument (exceptions) must be a non-empty sequence");
  bool nested = false;
  for (int64_t i = 0; i < exceptions->length; ++i) {
    if (!exceptionCheck(exceptions->items[i]))
      return krt_raise(kValueError, "Item %zd of second argument (exceptions) is not an exception",
                       static_cast<ssize_t>(i));
    nested |= !krt_instance(exceptions->items[i], kException);
  }
  if (cls == &krt_ExceptionGroup_class) {
    if (nested)
      return krt_raise(kTypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (cls == kBaseExceptionGroup) {
    if (!nested)
      cls = &krt_ExceptionGroup_class;
  } else if (nested && krt_subclass(cls, kException)) {
    return krt_raise(kTypeError, "Cannot nest BaseExceptions in '%.200N'", cls);
  }
  auto *group = static_cast<ExceptionGroupObject *>(krt_instance_new(cls, 0));
  group->args = krt_tuple_from(args, nargs);
  group->message = args[0];
  group->exceptions = exceptions;
  return group;
}
Value strGroup(Value self) {
  auto *group = as<ExceptionGroupObject>(self);
  int64_t n = group->exceptions->length;
  return krt_str_format("%S (%zd sub-exception%s)", group->message, static_cast<ssize_t>(n),
                        n == 1 ? "" : "s");
}

/// derive([exceptions]) with traceback, cause, context and notes of [group].
Value deriveFrom_py(Value group, List *exceptions) {
  Value list = exceptions;
  Value made = TRY(krt_call_method_py(group, KSTR(derive), &list, 1));
  if (!krt_instance(made, kBaseExceptionGroup))
    return krt_raise(kTypeError, "derive must return an instance of BaseExceptionGroup");
  auto *to = as(made), *from = as(group);
  to->traceback = from->traceback;
  to->context = from->context;
  to->cause = from->cause;
  Value notes = krt_getattr_optional_py(group, KSTR(__notes__));
  if (!notes)
    return errorPending() ? Value() : made;
  // Only a proper sequence is copied: whatever else __notes__ holds must not make splitting fail.
  if (classOf(notes)->slots.getitem && classOf(notes)->slots.length && !hasClassFlag(notes, kClassDictSub)) {
    List *copy = TRY(krt_list_from_py(notes));
    if (krt_setattr_py(made, KSTR(__notes__), copy) < 0)
      return {};
  }
  return made;
}

enum class SplitBy { Type, Predicate, Instances };

int splitMatches_py(Value exception, Value by, SplitBy kind) {
  switch (kind) {
  case SplitBy::Type:
    return krt_isinstance_py(exception, by);
  case SplitBy::Predicate: {
    Value answer = TRY_OR_MINUS(krt_call1_py(by, exception));
    return krt_truth_py(answer);
  }
  case SplitBy::Instances: { // a list of leaves, by identity
    auto *list = by.as<List>();
    for (int64_t i = 0; i < list->length; ++i)
      if (list->items[i] == exception)
        return 1;
    return 0;
  }
  }
  return 0;
}

/// match and rest are null for an empty part.
bool split_py(Value exception, Value by, SplitBy kind, Value *match, Value *rest) {
  *match = *rest = Value();
  int matches = splitMatches_py(exception, by, kind);
  if (matches < 0)
    return false;
  if (matches) {
    *match = exception;
    return true;
  }
  if (!krt_instance(exception, kBaseExceptionGroup)) {
    *rest = exception;
    return true;
  }
  CountedCall call;
  if (call.tooDeep(" in exceptiongroup_split_recursive"))
    return false;
  List *matched = krt_list_new(0), *others = krt_list_new(0);
  Tuple *items = as<ExceptionGroupObject>(exception)->exceptions;
  for (int64_t i = 0; i < items->length; ++i) {
    Value m, r;
    if (!split_py(items->items[i], by, kind, &m, &r))
      return false;
    if (m)
      krt_list_append(matched, m);
    if (r)
      krt_list_append(others, r);
  }
  if (matched->length && !(*match = deriveFrom_py(exception, matched)))
    return false;
  if (others->length && !(*rest = deriveFrom_py(exception, others)))
    return false;
  return true;
}

/// Kind of a condition given to split and subgroup; false with TypeError.
bool conditionKind(Value condition, SplitBy *kind) {
  bool types = exceptionClassCheck(condition);
  if (hasClassFlag(condition, kClassTupleSub)) {
    types = true;
    for (int64_t i = 0; i < condition.as<Tuple>()->length; ++i)
      types &= exceptionClassCheck(condition.as<Tuple>()->items[i]);
  }
  if (types) {
    *kind = SplitBy::Type;
    return true;
  }
  if (isExact(condition, krt_function_class) ||
      (krt_callable(condition) && !hasClassFlag(condition, kClassTypeSub))) {
    *kind = SplitBy::Predicate;
    return true;
  }
  krt_raise(kTypeError, "expected a function, exception type or tuple of exception types");
  return false;
}

/// Fresh leaves below [exception] are gathered into [leaves].
void collectLeaves(Value exception, List *leaves) {
  if (!krt_instance(exception, kBaseExceptionGroup)) {
    krt_list_append(leaves, exception);
    return;
  }
  Tuple *items = as<ExceptionGroupObject>(exception)->exceptions;
  for (int64_t i = 0; i < items->length; ++i)
    collectLeaves(items->items[i], leaves);
}

} // namespace

// ---- Classes ------------------------------------------------------------------------------------

Class krt_BaseException_class = {
    .flags = kClassBase | kClassExceptionSub,
    .nativeName = "BaseException",
    .basicSize = sizeof(Exception),
    .extraOffset = sizeof(Exception),
    .slots = {.repr = exceptionRepr, .str = exceptionStr, .init = initException, .make = makeException},
    .methods = krt_BaseException_defs,
    .doc = "Common base class for all exceptions",
};

namespace {
/// What a class has beyond its base; the rest is inherited when it is readied.
struct Extras {
  uint32_t size = 0;
  int (*init)(Value, const Value *, size_t, Tuple *) = nullptr;
  Value (*make)(Class *, const Value *, size_t, Tuple *) = nullptr;
  Value (*str)(Value) = nullptr;
  const NativeDef *defs = nullptr;
};
template <const Class *C> constexpr Extras extras{};
template <> constexpr Extras extras<&krt_StopIteration_class>{sizeof(StopIterationObject), initStopIteration};
template <> constexpr Extras extras<&krt_SystemExit_class>{sizeof(SystemExitObject), initSystemExit};
template <>
constexpr Extras extras<&krt_ImportError_class>{sizeof(ImportErrorObject), initImportError, nullptr,
                                                strImportError, krt_ImportError_defs};
template <>
constexpr Extras extras<&krt_AttributeError_class>{sizeof(AttributeErrorObject), initAttributeError, nullptr,
                                                   nullptr, krt_AttributeError_defs};
template <> constexpr Extras extras<&krt_NameError_class>{sizeof(NameErrorObject), initNameError};
template <> constexpr Extras extras<&krt_KeyError_class>{0, nullptr, nullptr, strKeyError};
template <>
constexpr Extras extras<&krt_OSError_class>{sizeof(OSErrorObject), initOSError, makeOSError, strOSError,
                                            krt_OSError_defs};
template <>
constexpr Extras extras<&krt_SyntaxError_class>{sizeof(SyntaxErrorObject), initSyntaxError, nullptr,
                                                strSyntaxError};
template <>
constexpr Extras extras<&krt_UnicodeDecodeError_class>{sizeof(UnicodeErrorObject), initUnicode, nullptr,
                                                       strUnicode, krt_UnicodeDecodeError_defs};
template <>
constexpr Extras extras<&krt_UnicodeEncodeError_class>{sizeof(UnicodeErrorObject), initUnicode, nullptr,
                                                       strUnicode, krt_UnicodeEncodeError_defs};
template <>
constexpr Extras extras<&krt_UnicodeTranslateError_class>{sizeof(UnicodeErrorObject), initUnicode, nullptr,
                                                          strUnicode, krt_UnicodeTranslateError_defs};
template <>
constexpr Extras extras<&krt_BaseExceptionGroup_class>{sizeof(ExceptionGroupObject), nullptr, makeGroup,
                                                       strGroup, krt_BaseExceptionGroup_defs};
} // namespace

#define EXCEPTION(Name, Base, Doc)                                                                           \
  Class krt_##Name##_class = {                                                                               \
      .flags = kClassBase | kClassExceptionSub,                                                              \
      .nativeName = #Name,                                                                                   \
      .base = &krt_##Base##_class,                                                                           \
      .basicSize = extras<&krt_##Name##_class>.size,                                                         \
      .slots = {.str = extras<&krt_##Name##_class>.str,                                                      \
                .init = extras<&krt_##Name##_class>.init,                                                    \
                .make = extras<&krt_##Name##_class>.make},                                                   \
      .methods = extras<&krt_##Name##_class>.defs,                                                           \
      .doc = Doc,                                                                                            \
  };
KRT_EXCEPTIONS(EXCEPTION)
#undef EXCEPTION

Class krt_ExceptionGroup_class = {
    .flags = kClassBase | kClassExceptionSub,
    .nativeName = "ExceptionGroup",
    .base = &krt_BaseExceptionGroup_class,
};

Exception *krt_exception_new(Class *cls, Str *message) {
  auto *exception = static_cast<Exception *>(krt_instance_new(cls, 0));
  Value text = message;
  exception->args = message ? krt_tuple_from(&text, 1) : krt_tuple_empty;
  return exception;
}

Class *krt_exception_class_of_errno(int64_t error) {
  switch (error) {
  case EAGAIN:
  case EALREADY:
  case EINPROGRESS:
    return kBlockingIOError;
  case EPIPE:
  case ESHUTDOWN:
    return kBrokenPipeError;
  case ECHILD:
    return kChildProcessError;
  case ECONNABORTED:
    return kConnectionAbortedError;
  case ECONNREFUSED:
    return kConnectionRefusedError;
  case ECONNRESET:
    return kConnectionResetError;
  case EEXIST:
    return kFileExistsError;
  case ENOENT:
    return kFileNotFoundError;
  case EISDIR:
    return kIsADirectoryError;
  case ENOTDIR:
    return kNotADirectoryError;
  case EINTR:
    return kInterruptedError;
  case EACCES:
  case EPERM:
    return kPermissionError;
  case ESRCH:
    return kProcessLookupError;
  case ETIMEDOUT:
    return kTimeoutError;
  default:
    return nullptr;
  }
}

void krt_exceptions_start() {
  struct Field {
    Class *cls;
    const char *name;
    size_t offset;
    bool readOnly = false, unsetIsNone = true;
  };
  const Field fields[] = {
      {kStopIteration, "value", offsetof(StopIterationObject, value)},
      {kSystemExit, "code", offsetof(SystemExitObject, code)},
      {kAttributeError, "name", offsetof(AttributeErrorObject, name)},
      {kAttributeError, "obj", offsetof(AttributeErrorObject, object)},
      {kNameError, "name", offsetof(NameErrorObject, name)},
      {kImportError, "msg", offsetof(ImportErrorObject, message)},
      {kImportError, "name", offsetof(ImportErrorObject, name)},
      {kImportError, "path", offsetof(ImportErrorObject, path)},
      {kOSError, "errno", offsetof(OSErrorObject, error)},
      {kOSError, "strerror", offsetof(OSErrorObject, text)},
      {kOSError, "filename", offsetof(OSErrorObject, filename)},
      {kOSError, "filename2", offsetof(OSErrorObject, filename2)},
      {kOSError, "characters_written", offsetof(OSErrorObject, written), false, false},
      {kSyntaxError, "msg", offsetof(SyntaxErrorObject, message)},
      {kSyntaxError, "filename", offsetof(SyntaxErrorObject, filename)},
      {kSyntaxError, "lineno", offsetof(SyntaxErrorObject, line)},
      {kSyntaxError, "offset", offsetof(SyntaxErrorObject, column)},
      {kSyntaxError, "text", offsetof(SyntaxErrorObject, text)},
      {kSyntaxError, "end_lineno", offsetof(SyntaxErrorObject, endLine)},
      {kSyntaxError, "end_offset", offsetof(SyntaxErrorObject, endColumn)},
      {kSyntaxError, "print_file_and_line", offsetof(SyntaxErrorObject, printFileAndLine)},
      {kUnicodeDecodeError, "encoding", offsetof(UnicodeErrorObject, encoding)},
      {kUnicodeDecodeError, "object", offsetof(UnicodeErrorObject, object)},
      {kUnicodeDecodeError, "reason", offsetof(UnicodeErrorObject, reason)},
      {kUnicodeEncodeError, "encoding", offsetof(UnicodeErrorObject, encoding)},
      {kUnicodeEncodeError, "object", offsetof(UnicodeErrorObject, object)},
      {kUnicodeEncodeError, "reason", offsetof(UnicodeErrorObject, reason)},
      {kUnicodeTranslateError, "encoding", offsetof(UnicodeErrorObject, encoding)},
      {kUnicodeTranslateError, "object", offsetof(UnicodeErrorObject, object)},
      {kUnicodeTranslateError, "reason", offsetof(UnicodeErrorObject, reason)},
      {kBaseExceptionGroup, "message", offsetof(ExceptionGroupObject, message), true},
      {kBaseExceptionGroup, "exceptions", offsetof(ExceptionGroupObject, exceptions), true},
  };
  for (const Field &field : fields) {
    MemberDescriptor *member =
        krt_member_descriptor_new(field.cls, strIntern(field.name), static_cast<uint32_t>(field.offset));
    member->readOnly = field.readOnly;
    member->unsetIsNone = field.unsetIsNone;
    krt_dict_set_str(field.cls->dict, member->name, member);
  }
}

// ---- Methods and attributes of BaseException ----------------------------------------------------

Value krt_exception_args(Value self) { return as(self)->args; }
bool krt_exception_setArgs_py(Value self, Value value) {
  if (!value)
    return krt_raise(kTypeError, "args may not be deleted"), false;
  Tuple *args = krt_tuple_from_py(value);
  if (!args)
    return false;
  as(self)->args = args;
  return true;
}
Value krt_exception_traceback(Value self) { return orNone(as(self)->traceback); }
bool krt_exception_setTraceback(Value self, Value value) {
  if (!value)
    return krt_raise(kTypeError, "__traceback__ may not be deleted"), false;
  if (value != kNone && !isExact(value, krt_traceback_class))
    return krt_raise(kTypeError, "__traceback__ must be a traceback or None"), false;
  as(self)->traceback = value;
  return true;
}
Value krt_exception_withTraceback(Value self, Value tb) {
  return krt_exception_setTraceback(self, tb) ? self : Value();
}
static bool setLink(Value self, Value value, Value Exception::*field, const char *what) {
  if (!value)
    return krt_raise(kTypeError, "__%s__ may not be deleted", what), false;
  if (value != kNone && !exceptionCheck(value))
    return krt_raise(kTypeError, "exception %s must be None or derive from BaseException", what), false;
  as(self)->*field = value;
  return true;
}
Value krt_exception_context(Value self) { return orNone(as(self)->context); }
bool krt_exception_setContext(Value self, Value value) {
  return setLink(self, value, &Exception::context, "context");
}
Value krt_exception_cause(Value self) { return orNone(as(self)->cause); }
bool krt_exception_setCause(Value self, Value value) {
  if (!setLink(self, value, &Exception::cause, "cause"))
    return false;
  as(self)->suppressContext = true;
  return true;
}
Value krt_exception_suppressContext(Value self) { return boolean(as(self)->suppressContext); }
bool krt_exception_setSuppressContext(Value self, Value value) {
  if (!value)
    return krt_raise(kTypeError, "can't delete numeric/char attribute"), false;
  if (!isBool(value))
    return krt_raise(kTypeError, "attribute value type must be bool"), false;
  as(self)->suppressContext = value == kTrue;
  return true;
}
Value krt_exception_addNote_py(Value self, Value note) {
  if (!strCheck(note))
    return krt_raise(kTypeError, "note must be a str, not '%T'", note);
  Value notes = krt_getattr_optional_py(self, KSTR(__notes__));
  if (!notes) {
    if (errorPending())
      return {};
    notes = krt_list_new(1);
    if (krt_setattr_py(self, KSTR(__notes__), notes) < 0)
      return {};
  } else if (!hasClassFlag(notes, kClassListSub)) {
    return krt_raise(kTypeError, "Cannot add note: __notes__ is not a list");
  }
  krt_list_append(notes.as<List>(), note);
  return kNone;
}
static Value reduceWith(Value self, Tuple *args, Value state) {
  Value parts[] = {classOf(self), args, state};
  return krt_tuple_from(parts, state ? 3 : 2);
}
/// The attributes set from Python, as a dict; null if there are none.
static Dict *attributesOf(Value self) {
  Shape *shape = self.asObject()->shape;
  if (!(shape->flags & kShapeDictMode) && shape->count == 0)
    return nullptr;
  return krt_instance_dict(self);
}
Value krt_exception_reduce_py(Value self) { return reduceWith(self, as(self)->args, attributesOf(self)); }
Value krt_exception_setState_py(Value self, Value state) {
  if (state == kNone)
    return kNone;
  if (!hasClassFlag(state, kClassDictSub))
    return krt_raise(kTypeError, "state is not a dictionary");
  uint32_t position = 0;
  while (DictEntry *entry = krt_dict_next(state.as<Dict>(), &position)) {
    if (!strCheck(entry->key))
      return krt_raise(kTypeError, "attribute name must be string, not '%.200T'", entry->key);
    if (krt_setattr_py(self, entry->key.as<Str>(), entry->value) < 0)
      return {};
  }
  return kNone;
}

Value krt_ImportError_reduce_py(Value self) {
  auto *e = as<ImportErrorObject>(self);
  Dict *dict = attributesOf(self);
  if (!e->name && !e->path)
    return reduceWith(self, e->args, dict);
  dict = dict ? krt_dict_copy(dict) : krt_dict_new();
  if (e->name)
    krt_dict_set_str(dict, KSTR(name), e->name);
  if (e->path)
    krt_dict_set_str(dict, KSTR(path), e->path);
  return reduceWith(self, e->args, dict);
}
Value krt_AttributeError_reduce_py(Value self) {
  return reduceWith(self, as(self)->args, attributesOf(self));
}
Value krt_OSError_reduce_py(Value self) {
  auto *e = as<OSErrorObject>(self);
  Tuple *args = e->args;
  if (args->length == 2 && e->filename) {
    Value parts[] = {args->items[0], args->items[1], e->filename, kNone, orNone(e->filename2)};
    args = krt_tuple_from(parts, e->filename2 ? 5 : 3);
  }
  return reduceWith(self, args, attributesOf(self));
}

static int64_t clampIndex(int64_t at, int64_t low, int64_t high) {
  return at < low ? low : at > high ? high : at;
}
static int64_t unicodeLength(UnicodeErrorObject *e) {
  return hasClassFlag(e->object, kClassBytesSub) ? as<Bytes>(e->object)->length
                                                 : as<Str>(e->object)->length();
}
Value krt_UnicodeError_start(Value self) {
  auto *e = as<UnicodeErrorObject>(self);
  if (!e->object)
    return smallInt(0);
  int64_t length = unicodeLength(e);
  return krt_int_from_i64(clampIndex(e->start, 0, length ? length - 1 : 0));
}
Value krt_UnicodeError_end(Value self) {
  auto *e = as<UnicodeErrorObject>(self);
  if (!e->object)
    return smallInt(0);
  return krt_int_from_i64(clampIndex(e->end, 1, std::max<int64_t>(unicodeLength(e), 1)));
}
static bool setIndex_py(Value value, int64_t *field) {
  if (!value)
    return krt_raise(kTypeError, "can't delete numeric/char attribute"), false;
  int64_t i = krt_index_i64_py(value, kOverflowError);
  if (i == -1 && errorPending())
    return false;
  *field = i;
  return true;
}
bool krt_UnicodeError_setStart_py(Value self, Value value) {
  return setIndex_py(value, &as<UnicodeErrorObject>(self)->start);
}
bool krt_UnicodeError_setEnd_py(Value self, Value value) {
  return setIndex_py(value, &as<UnicodeErrorObject>(self)->end);
}

// ---- Groups -------------------------------------------------------------------------------------

Value krt_ExceptionGroup_derive_py(Value self, Value excs) {
  Value args[] = {as<ExceptionGroupObject>(self)->message, excs};
  return krt_call_py(&krt_BaseExceptionGroup_class, args, 2, nullptr);
}
Value krt_ExceptionGroup_split_py(Value self, Value condition) {
  SplitBy kind;
  Value parts[2];
  if (!conditionKind(condition, &kind) || !split_py(self, condition, kind, &parts[0], &parts[1]))
    return {};
  parts[0] = orNone(parts[0]);
  parts[1] = orNone(parts[1]);
  return krt_tuple_from(parts, 2);
}
Value krt_ExceptionGroup_subgroup_py(Value self, Value condition) {
  SplitBy kind;
  Value match, rest;
  if (!conditionKind(condition, &kind) || !split_py(self, condition, kind, &match, &rest))
    return {};
  return orNone(match);
}
Value krt_ExceptionGroup_getItem_py(Value cls, Value item) { return krt_generic_alias_new_py(cls, item); }

bool krt_exception_group_match_py(Value exception, Value cls, Value *rest, Value *match) {
  *rest = *match = kNone;
  if (exception == kNone)
    return true;
  if (krt_instance(exception, kBaseExceptionGroup)) {
    Value m, r;
    if (!split_py(exception, cls, SplitBy::Type, &m, &r))
      return false;
    *match = orNone(m);
    *rest = orNone(r);
    return true;
  }
  int matches = krt_isinstance_py(exception, cls);
  if (matches < 0)
    return false;
  if (!matches) {
    *rest = exception;
    return true;
  }
  // A naked exception is wrapped, so that the clause always sees a group.
  Value items[] = {krt_str_empty, krt_tuple_from(&exception, 1)};
  Value group = krt_call_py(&krt_ExceptionGroup_class, items, 2, nullptr);
  if (!group) {
    krt_error_clear();
    group = krt_call_py(&krt_BaseExceptionGroup_class, items, 2, nullptr);
  }
  if (!group)
    return false;
  *match = group;
  return true;
}

Value krt_exception_group_reraise_py(Value original, List *raised) {
  if (!krt_instance(original, kBaseExceptionGroup)) // was wrapped: either all of it is left or none
    return raised->length ? raised->items[0] : kNone;
  List *fresh = krt_list_new(0), *leaves = krt_list_new(0);
  for (int64_t i = 0; i < raised->length; ++i) {
    Value e = raised->items[i];
    if (e == kNone)
      continue;
    // A part of the original that was not handled or was raised again has its metadata; anything else is new.
    bool same = krt_instance(e, kBaseExceptionGroup) && as(e)->traceback == as(original)->traceback &&
                as(e)->context == as(original)->context && as(e)->cause == as(original)->cause;
    if (same)
      collectLeaves(e, leaves);
    else
      krt_list_append(fresh, e);
  }
  Value again;
  if (leaves->length) {
    Value rest;
    if (!split_py(original, leaves, SplitBy::Instances, &again, &rest))
      return {};
  }
  if (!fresh->length)
    return orNone(again);
  if (again)
    krt_list_append(fresh, again);
  Value args[] = {krt_str_empty, fresh};
  return krt_call_py(&krt_BaseExceptionGroup_class, args, 2, nullptr);
}

// ---- Tracebacks ---------------------------------------------------------------------------------

Class krt_traceback_class = {
    .nativeName = "traceback",
    .basicSize = sizeof(Traceback),
    .slots = {.make = krt_traceback_make},
    .methods = krt_traceback_defs,
    .doc = "A traceback object.",
};

void (*krt_traceback_settle_hook)(Traceback *);

Traceback *krt_traceback_new(Value next, Object *frame, int32_t line, uint32_t unit) {
  auto *tb = gcNew<Traceback>(krt_traceback_class);
  tb->next = next ? next : kNone;
  tb->frame = frame;
  tb->line = line;
  tb->pcOffset = unit;
  return tb;
}
/// What is worth looking at.
Value krt_traceback_dir(Value) {
  Value names[4] = {strIntern("tb_frame"), strIntern("tb_next"), strIntern("tb_lasti"),
                    strIntern("tb_lineno")};
  return krt_list_from(names, 4);
}
Value krt_traceback_next(Value self) { return orNone(as<Traceback>(self)->next); }
bool krt_traceback_setNext(Value self, Value value) {
  if (!value)
    return krt_raise(kTypeError, "can't delete tb_next attribute"), false;
  if (value != kNone && !isExact(value, krt_traceback_class))
    return krt_raise(kTypeError, "expected traceback object, got '%T'", value), false;
  for (Value at = value; at != kNone; at = orNone(as<Traceback>(at)->next))
    if (at == self)
      return krt_raise(kValueError, "traceback loop detected"), false;
  as<Traceback>(self)->next = value;
  return true;
}
Value krt_traceback_frame_py(Value self) {
  TRY_AUDIT("object.__getattr__", self, strFrom("tb_frame"));
  Object *frame = krt_traceback_frame_object(as<Traceback>(self));
  return frame ? Value(frame) : kNone;
}
void krt_traceback_add(Value exception, Object *frame, int32_t line, uint32_t unit) {
  as(exception)->traceback = krt_traceback_new(as(exception)->traceback, frame, line, unit);
}
int32_t krt_traceback_line_py(Traceback *tb) {
  Object *frame = krt_traceback_frame_object(tb);
  if (tb->line < 0 && frame) {
    AuditPause pause; // only the program's own reading is an event
    Value code = krt_getattr_py(frame, KSTR(f_code));
    if (code && isExact(code, krt_code_class))
      tb->line = krt_code_line(code.as<Code>(), tb->pcOffset);
    krt_error_clear();
  }
  return tb->line;
}
Value krt_traceback_lineno_py(Value self) {
  int32_t line = krt_traceback_line_py(as<Traceback>(self));
  return line < 0 ? kNone : smallInt(line);
}
Value krt_traceback_create(Class *, Value next, Value frame, int lasti, int line) {
  if (next != kNone && !isExact(next, krt_traceback_class))
    return krt_raise(kTypeError, "expected traceback object or None, got '%T'", next);
  if (std::string_view(classOf(frame)->nativeName ? classOf(frame)->nativeName : "") !=
      "frame") // the class lies in runtime/interp
    return krt_raise(kTypeError, "TracebackType() argument 'tb_frame' must be frame, not %T", frame);
  return krt_traceback_new(next, frame.asObject(), line, static_cast<uint32_t>(lasti) / 2);
}

/// In bytes, as CPython counts: a unit is two.
Value krt_traceback_lasti(Value self) { return smallInt(int64_t{as<Traceback>(self)->pcOffset} * 2); }

} // namespace krait
