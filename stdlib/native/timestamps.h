// timestamps.h - numbers that programs give as seconds since 1970, as the system's time_t. False: an exception is pending.
#pragma once

#include "runtime/abi/native.h"

#include <cmath>
#include <ctime>

namespace krait {

inline bool timestampOutOfRange() {
  krt_raise(kOverflowError, "timestamp out of range for platform time_t");
  return false;
}

/// [seconds] has no fraction; ValueError for NaN.
inline bool timestampFromDouble(double seconds, time_t *out) {
  if (std::isnan(seconds)) {
    krt_raise(kValueError, "Invalid value NaN (not a number)");
    return false;
  }
  if (!(seconds >= -9223372036854775808.0 && seconds < 9223372036854775808.0))
    return timestampOutOfRange();
  *out = static_cast<time_t>(seconds);
  return true;
}

/// From anything with __index__.
inline bool timestampFromIndex_py(Value given, time_t *out) {
  *out = krt_index_i64_py(given, kOverflowError);
  if (*out != -1 || !errorPending())
    return true;
  return krt_error_clear_if(kOverflowError) && timestampOutOfRange();
}

/// Whole seconds, rounded down.
inline bool wholeTimestamp_py(Value given, time_t *out) {
  return floatCheck(given) ? timestampFromDouble(std::floor(floatValue(given)), out) : timestampFromIndex_py(given, out);
}

/// Seconds as nanoseconds, rounded up (as timeouts are) or down.
inline bool durationArgument_py(Value given, int64_t *ns, bool up) {
  if (floatCheck(given)) {
    double nanoseconds = floatValue(given) * 1e9;
    return timestampFromDouble(up ? std::ceil(nanoseconds) : std::floor(nanoseconds), ns);
  }
  if (!krt_int_check(given) && !classOf(given)->slots.index) {
    krt_raise(kTypeError, "'%T' object cannot be interpreted as an integer", given);
    return false;
  }
  int64_t whole = krt_index_i64_py(given, kOverflowError);
  if (whole == -1 && errorPending()) {
    if (!krt_error_clear_if(kOverflowError))
      return false;
  } else if (!__builtin_mul_overflow(whole, 1000000000, ns)) {
    return true;
  }
  krt_raise(kOverflowError, "timestamp too large to convert to C _PyTime_t");
  return false;
}

} // namespace krait
