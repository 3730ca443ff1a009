// exceptions.h - layouts of exceptions with fields of their own, their methods, tracebacks.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/object/exception_classes.h"

namespace krait {

struct StopIterationObject : Exception { // StopIteration
  Value value;
};
struct SystemExitObject : Exception {
  Value code;
};
struct AttributeErrorObject : Exception {
  Value object, name; // null: not given
};
struct NameErrorObject : Exception {
  Value name;
};
struct ImportErrorObject : Exception {
  Value message, name, path;
};
struct OSErrorObject : Exception {
  Value error, text, filename, filename2; // errno, strerror; null: not given
  Value written;                          // BlockingIOError.characters_written; null: not given
};
struct SyntaxErrorObject : Exception {
  Value message, filename, line, column, text, endLine, endColumn, printFileAndLine;
};
struct UnicodeErrorObject : Exception { // UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError
  Value encoding, object, reason;       // Translate: encoding null
  int64_t start, end;
};
struct ExceptionGroupObject : Exception {
  Value message;
  Tuple *exceptions;
};

extern "C" {
extern Class krt_traceback_class;

/// Raises AttributeError with its `name` and `obj` set; formats as krt_raise.
Value krt_raise_attribute_error(Value object, Str *name, const char *format, ...);
/// Raises NameError (or UnboundLocalError) with its `name` set.
Value krt_raise_name_error(Class *cls, Str *name, const char *format, ...);
Value krt_raise_import_error(Class *cls, Value name, Value path, const char *format, ...);
/// Raises UnicodeEncodeError, UnicodeDecodeError (encoding not null) or UnicodeTranslateError.
Value krt_raise_unicode(Class *cls, const char *encoding, Value object, int64_t start, int64_t end,
                        const char *reason);
/// A new instance of a native exception class with one str argument, or none if [message] is null.
Exception *krt_exception_new(Class *cls, Str *message);
Traceback *krt_traceback_new(Value next, Object *frame, int32_t line, uint32_t unit);
/// Puts an entry for [frame] in front of the traceback of [exception]. [line] -1: worked out from [unit] when
/// asked for.
void krt_traceback_add(Value exception, Object *frame, int32_t line, uint32_t unit);
/// Entries of compiled code keep the values of their frame state until someone asks for the frame: line is
/// kLazyFrame - row of the state, frame the block of values.
constexpr int32_t kLazyFrame = -2;
inline bool isLazyFrame(const Traceback *tb) { return tb->line <= kLazyFrame; }
/// Makes the frame of such an entry; runtime/deopt sets it.
extern void (*krt_traceback_settle_hook)(Traceback *tb);
/// The frame of an entry, or null.
inline Object *krt_traceback_frame_object(Traceback *tb) {
  if (isLazyFrame(tb))
    krt_traceback_settle_hook(tb);
  return tb->frame;
}
/// Line of an entry.
int32_t krt_traceback_line_py(Traceback *tb);
/// Sets the context of [exception] to the handled exception, without making a cycle.
void krt_exception_set_context(Value exception);
/// CheckEgMatch: splits; *rest and *match are exceptions or None. False on error.
bool krt_exception_group_match_py(Value exception, Value cls, Value *rest, Value *match);
/// PrepReraiseStar: what is raised after except* clauses that left [raised], or None.
Value krt_exception_group_reraise_py(Value original, List *raised);

/// Adds what exceptions.cpp keeps in tables to the class dicts; part of krt_object_start.
void krt_exceptions_start();
/// The subclass of OSError for [error], or null.
Class *krt_exception_class_of_errno(int64_t error);

// ---- BaseException ----
/// Set the traceback and return the exception.
KRT_METHOD(BaseException, "with_traceback(self, tb, /)", KRT_NO_SIGNATURE, KRT_RAISES, KRT_COLLECTS)
Value krt_exception_withTraceback(Value self, Value tb);
/// Add a note that is shown below the traceback.
KRT_METHOD(BaseException, "add_note(self, note, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_exception_addNote_py(Value self, Value note);
KRT_METHOD(BaseException, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_exception_reduce_py(Value self);
KRT_METHOD(BaseException, "__setstate__(self, state, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_exception_setState_py(Value self, Value state);
KRT_GETTER(BaseException, "args") Value krt_exception_args(Value self);
KRT_SETTER(BaseException, "args", KRT_RUNS_PY) bool krt_exception_setArgs_py(Value self, Value value);
KRT_GETTER(BaseException, "__traceback__") Value krt_exception_traceback(Value self);
KRT_SETTER(BaseException, "__traceback__", KRT_RAISES, KRT_COLLECTS)
bool krt_exception_setTraceback(Value self, Value value);
KRT_GETTER(BaseException, "__context__") Value krt_exception_context(Value self);
KRT_SETTER(BaseException, "__context__", KRT_RAISES, KRT_COLLECTS)
bool krt_exception_setContext(Value self, Value value);
KRT_GETTER(BaseException, "__cause__") Value krt_exception_cause(Value self);
KRT_SETTER(BaseException, "__cause__", KRT_RAISES, KRT_COLLECTS)
bool krt_exception_setCause(Value self, Value value);
KRT_GETTER(BaseException, "__suppress_context__") Value krt_exception_suppressContext(Value self);
KRT_SETTER(BaseException, "__suppress_context__", KRT_RAISES, KRT_COLLECTS)
bool krt_exception_setSuppressContext(Value self, Value value);

// ---- Exceptions with more to them ----
KRT_METHOD(ImportError, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_ImportError_reduce_py(Value self);
KRT_METHOD(AttributeError, "__reduce__(self, /)", KRT_RUNS_PY) Value krt_AttributeError_reduce_py(Value self);
KRT_METHOD(OSError, "__reduce__(self, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_OSError_reduce_py(Value self);
KRT_GETTER(UnicodeDecodeError, "start", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(UnicodeEncodeError, "start", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(UnicodeTranslateError, "start", KRT_RAISES, KRT_COLLECTS) Value krt_UnicodeError_start(Value self);
KRT_SETTER(UnicodeDecodeError, "start", KRT_RUNS_PY)
KRT_SETTER(UnicodeEncodeError, "start", KRT_RUNS_PY)
KRT_SETTER(UnicodeTranslateError, "start", KRT_RUNS_PY)
bool krt_UnicodeError_setStart_py(Value self, Value value);
KRT_GETTER(UnicodeDecodeError, "end", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(UnicodeEncodeError, "end", KRT_RAISES, KRT_COLLECTS)
KRT_GETTER(UnicodeTranslateError, "end", KRT_RAISES, KRT_COLLECTS) Value krt_UnicodeError_end(Value self);
KRT_SETTER(UnicodeDecodeError, "end", KRT_RUNS_PY)
KRT_SETTER(UnicodeEncodeError, "end", KRT_RUNS_PY)
KRT_SETTER(UnicodeTranslateError, "end", KRT_RUNS_PY)
bool krt_UnicodeError_setEnd_py(Value self, Value value);
/// Return a group of the same kind with the given exceptions.
KRT_METHOD(BaseExceptionGroup, "derive(self, excs, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_ExceptionGroup_derive_py(Value self, Value excs);
/// Split into the part that matches the condition and the rest.
KRT_METHOD(BaseExceptionGroup, "split(self, condition, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_ExceptionGroup_split_py(Value self, Value condition);
/// Return the part that matches the condition, or None.
KRT_METHOD(BaseExceptionGroup, "subgroup(self, condition, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_ExceptionGroup_subgroup_py(Value self, Value condition);
KRT_CLASSMETHOD(BaseExceptionGroup, "__class_getitem__(cls, item, /)", KRT_NO_SIGNATURE, KRT_RUNS_PY)
Value krt_ExceptionGroup_getItem_py(Value cls, Value item);

// ---- Tracebacks ----
KRT_METHOD(traceback, "__dir__(self, /)", KRT_NO_SIGNATURE) Value krt_traceback_dir(Value self);
KRT_GETTER(traceback, "tb_next") Value krt_traceback_next(Value self);
KRT_SETTER(traceback, "tb_next", KRT_RAISES, KRT_COLLECTS)
bool krt_traceback_setNext(Value self, Value value);
KRT_GETTER(traceback, "tb_frame", KRT_RUNS_PY) Value krt_traceback_frame_py(Value self);
KRT_GETTER(traceback, "tb_lineno", KRT_RUNS_PY) Value krt_traceback_lineno_py(Value self);
/// Create a new traceback object.
KRT_NEW(traceback, "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)")
Value krt_traceback_create(Class *cls, Value next, Value frame, int lasti, int line);
KRT_GETTER(traceback, "tb_lasti") Value krt_traceback_lasti(Value self);
}

inline bool exceptionCheck(Value v) { return hasClassFlag(v, kClassExceptionSub); }
inline bool exceptionClassCheck(Value v) {
  return hasClassFlag(v, kClassTypeSub) && (v.as<Class>()->flags & kClassExceptionSub);
}

} // namespace krait
