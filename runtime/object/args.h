// args.h - what generated binding glue (X.bind.inc) calls: sorting arguments into parameters and converting them.
//
// Texts of errors are CPython 3.11's, in the form its own argument parser ("Argument Clinic") gives them.
// A krt_arg_<type> function returns false with an exception pending.
#pragma once

#include "runtime/abi/native.h"
#include "runtime/object/errors.h"
#include "runtime/object/float.h"
#include "runtime/object/int.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

namespace krait {

extern "C" {
/// Sorts the arguments of a call into out[0 .. total) in the order of the parameters; null where the caller left one out.
/// [rest] receives what *args collects (a view of [args]), [extra] what **kwargs collects (null if nothing). Both are null
/// pointers when the signature has no such parameter. False: TypeError pending.
bool krt_args_parse(const SignatureInfo *info, const Value *args, size_t nargs, Tuple *kwnames, Value *out, ArgSpan *rest, Dict **extra);

/// TypeError for a receiver that is missing or not an instance of [cls]. Always null.
Value krt_args_badReceiver(const char *name, NativeKind kind, const Class &cls, const Value *args, size_t nargs);
/// TypeError for an argument that is not an instance of [wanted]. Always null.
Value krt_args_badType(const SignatureInfo &info, size_t index, const Class &wanted, Value got);

bool krt_arg_double_slow_py(Value v, double *out);
bool krt_arg_int64_slow_py(Value v, int64_t *out);
bool krt_arg_int32_slow_py(Value v, int32_t *out);
bool krt_arg_bool_slow_py(Value v, bool *out);
bool krt_arg_isInstance_slow(Value v, const Class &cls);
}

inline bool krt_arg_isInstance(Value v, const Class &cls) { return classOf(v) == &cls || krt_arg_isInstance_slow(v, cls); }

inline bool krt_arg_double_py(Value v, double *out) {
  if (v.isImmediateFloat()) [[likely]] {
    *out = v.asImmediateFloat();
    return true;
  }
  return krt_arg_double_slow_py(v, out);
}
inline bool krt_arg_int64_py(Value v, int64_t *out) {
  if (v.isInt()) [[likely]] {
    *out = v.asInt();
    return true;
  }
  return krt_arg_int64_slow_py(v, out);
}
inline bool krt_arg_int32_py(Value v, int32_t *out) {
  if (v.isInt() && v.asInt() == static_cast<int32_t>(v.asInt())) [[likely]] {
    *out = static_cast<int32_t>(v.asInt());
    return true;
  }
  return krt_arg_int32_slow_py(v, out);
}
inline bool krt_arg_bool_py(Value v, bool *out) {
  if (isBool(v)) [[likely]] {
    *out = v == kTrue;
    return true;
  }
  return krt_arg_bool_slow_py(v, out);
}

inline Value krt_result_double(double d) { return floatBox(d); }
inline Value krt_result_int64(int64_t i) { return fitsSmallInt(i) ? smallInt(i) : krt_int_from_i64(i); }
inline Value krt_result_uint64(uint64_t i) {
  return i <= static_cast<uint64_t>(kSmallIntMax) ? smallInt(static_cast<int64_t>(i)) : krt_int_from_u64(i);
}

} // namespace krait
