// errors.h - raising and looking at exceptions from C++.
//
// An exception is *pending* in krt_thread.pending (always an instance) while null (or -1) results travel up. Whoever gets
// such a result either passes it on at once (TRY, TRY_INT) or takes the exception with krt_error_take.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/thread.h"
#include "runtime/object/exception_classes.h"

namespace krait {

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
/// Makes an exception of class [cls] pending; its one argument is the formatted message. Returns null so that callers can
/// `return krt_raise(...)`. Formats: %s const char*, %S str() of a Value, %R repr of a Value, %T class name of a Value,
/// %N name of a Class*, %d int, %lld int64_t, %zu size_t, %c character, %p pointer, %%; precision as in printf for %s, %S, %R, %T, %N
/// ("%.200s"). Arguments for %S %R %T are passed as Value, Str* and other object pointers converted with Value(p).
Value krt_raise(Class *cls, const char *format, ...);
/// Makes [exception] (an instance) pending, its context set to the handled exception.
Value krt_raise_value(Value exception);
/// `raise cls(*args)` for native exception classes.
Value krt_raise_args(Class *cls, const Value *args, size_t count);
Value krt_raise_stop_iteration(Value value);
Value krt_raise_key_error(Value key);
/// OSError or the subclass for [error], with optional file names (null Values).
Value krt_raise_errno(int error, Value filename, Value filename2);
Value krt_raise_memory();
Value krt_raise_recursion(const char *where);
/// Whether the pending exception is an instance of [cls].
KRT_RT(KRT_READS(Thread, Shapes), KRT_WRITES()) bool krt_error_matches(Class *cls);
/// Takes the pending exception (or null) and clears it.
KRT_RT(KRT_NULL_OK, KRT_READS(Thread), KRT_WRITES(Thread)) Value krt_error_take();
KRT_RT(KRT_WRITES(Thread)) void krt_error_clear();
/// Pending exception of class [cls]: cleared, true. Otherwise untouched, false.
KRT_RT(KRT_READS(Thread, Shapes), KRT_WRITES(Thread)) bool krt_error_clear_if(Class *cls);
/// Reports the pending exception through sys.unraisablehook ("Exception ignored in: ...") and clears it.
void krt_error_unraisable(Value where);
/// The same with another text in place of "Exception ignored in".
void krt_error_unraisable_message(const char *message, Value where);
/// Restores [exception] as pending without touching its context or traceback.
void krt_error_restore(Value exception);
/// warnings.warn(message, category, stacklevel); 0, or -1 when the warning became an exception. Formats as krt_raise.
int krt_warn_py(Class *category, int stackLevel, const char *format, ...);
/// Set by the module that implements warnings; null: warnings are dropped.
extern int (*krt_warn_hook_py)(Class *category, Str *message, int stackLevel);
/// Set by sys: calls sys.unraisablehook; null: a short report goes to stderr.
extern void (*krt_unraisable_hook_py)(Value exception, Value where, const char *messageOrNull);
/// Makes the pending exception `raise ... from cause`.
void krt_error_set_cause(Value cause);
KRT_RT_END
}

inline bool errorPending() { return !krt_thread.pending.isNull(); }
/// For functions that return int with -1 as the error.
template <typename... Args> inline int raiseInt(Class *cls, const char *format, Args... args) {
  krt_raise(cls, format, args...);
  return -1;
}

} // namespace krait

/// The value of an expression, or return null from the calling function when it is null.
#define TRY(expression)                                                                                      \
  ({                                                                                                         \
    auto try_result = (expression);                                                                          \
    if (__builtin_expect(!try_result, 0))                                                                    \
      return {};                                                                                             \
    try_result;                                                                                              \
  })
/// The same where the calling function returns -1 on error.
#define TRY_OR_MINUS(expression)                                                                             \
  ({                                                                                                         \
    auto try_result = (expression);                                                                          \
    if (__builtin_expect(!try_result, 0))                                                                    \
      return -1;                                                                                             \
    try_result;                                                                                              \
  })
/// The value of an integer expression whose error is negative; returns null from the calling function then.
#define TRY_INT(expression)                                                                                  \
  ({                                                                                                         \
    auto try_result = (expression);                                                                          \
    if (__builtin_expect(try_result < 0, 0))                                                                 \
      return {};                                                                                             \
    try_result;                                                                                              \
  })
/// The same where the calling function returns -1 on error.
#define TRY_INT_OR_MINUS(expression)                                                                         \
  ({                                                                                                         \
    auto try_result = (expression);                                                                          \
    if (__builtin_expect(try_result < 0, 0))                                                                 \
      return -1;                                                                                             \
    try_result;                                                                                              \
  })
