// _datetime_delta.h - timedelta.
#pragma once

#include "stdlib/native/_datetime.h"

namespace krait {

KRT_CLASS(timedelta, "Difference between two datetime values.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n"
                     "All arguments are optional and default to 0.\nArguments may be integers or floats, and may be positive or negative.");

extern "C" {
/// Number of days.
KRT_GETTER(timedelta, "days") int64_t krt_timedelta_days(Value self);
/// Number of seconds (>= 0 and less than 1 day).
KRT_GETTER(timedelta, "seconds") int64_t krt_timedelta_seconds(Value self);
/// Number of microseconds (>= 0 and less than 1 second).
KRT_GETTER(timedelta, "microseconds") int64_t krt_timedelta_microseconds(Value self);
/// Total seconds in the duration.
KRT_METHOD(timedelta, "total_seconds(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timedelta_totalSeconds(Value self);
/// __reduce__() -> (cls, state)
KRT_METHOD(timedelta, "__reduce__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timedelta_reduce(Value self);
}

} // namespace krait
