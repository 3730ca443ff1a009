// float.h - floats: self-tagged immediates and the boxed rest.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"
#include "runtime/gc/gc.h"

#include <string>
#include <string_view>

namespace krait {

extern "C" {
KRT_RT_BEGIN(KRT_RAISES, KRT_COLLECTS)
extern Shape krt_float_shape; // of boxed floats
/// The rare doubles: zeros, subnormal-range, huge, infinities, NaNs.
KRT_RT(KRT_COLLECTS, KRT_PURE) Value krt_float_box_slow(double d);
/// 64-bit hash as Python defines for numbers; NaN hashes by [identity].
KRT_RT(KRT_PURE) int64_t krt_float_hash(double d, Value identity);
/// repr(d).
Str *krt_float_repr(double d);
/// d ** e with Python's special cases and errors (may be complex).
Value krt_float_pow(double d, double e);
/// d // e and d % e; the divisor is not zero.
KRT_RT(KRT_PURE) double krt_float_floordiv(double d, double e);
KRT_RT(KRT_PURE) double krt_float_mod(double d, double e);
/// Order of a double and a plain integer, exactly: -1, 0, 1, or 2 for NaN.
KRT_RT(KRT_RAISES, KRT_COLLECTS) int32_t krt_float_compare_int(double d, Value plain);
KRT_RT_END
}
inline Value floatBox(double d) {
  uint64_t rotated = rotateDouble(d);
  if (__builtin_expect((rotated & 3) == 2, 1))
    return Value(rotated);
  return krt_float_box_slow(d);
}
/// Exact floats only (immediates, zeros, boxed of class float).
inline bool isFloat(Value v) {
  return v.isImmediateFloat() || isZeroFloat(v) || isExact(v, krt_float_class);
}
/// The double of an exact float or an instance of a subclass.
inline double floatValue(Value v) {
  if (__builtin_expect(v.isImmediateFloat(), 1))
    return v.asImmediateFloat();
  if (isZeroFloat(v))
    return v.bits == kPosZero.bits ? 0.0 : -0.0;
  return v.as<Float>()->value;
}
inline bool floatCheck(Value v) { return v.isImmediateFloat() || isZeroFloat(v) || hasClassFlag(v, kClassFloatSub); }

/// Shortest text that reads back; [format] 'r' (repr), 'e', 'f', 'g', 'n'... with precision as PyOS_double_to_string.
std::string doubleToText(double d, char format, int precision, bool alternate, bool addDotZero);
/// Parses the whole of [text] (no spaces, no underscores); false if malformed.
bool doubleFromText(std::string_view text, double *out);

/// As krt_double_py, but the `__float__` of a subclass of float is asked too.
double doubleFromSlots_py(Value object);

} // namespace krait
