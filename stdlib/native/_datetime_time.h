// _datetime_time.h - time.
#pragma once

#include "stdlib/native/_datetime.h"

namespace krait {

KRT_CLASS(time_of_day, "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n"
                       "All arguments are optional. tzinfo may be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints.");

extern "C" {
KRT_GETTER(time_of_day, "hour") int64_t krt_time_of_day_hour(Value self);
KRT_GETTER(time_of_day, "minute") int64_t krt_time_of_day_minute(Value self);
KRT_GETTER(time_of_day, "second") int64_t krt_time_of_day_second(Value self);
KRT_GETTER(time_of_day, "microsecond") int64_t krt_time_of_day_microsecond(Value self);
KRT_GETTER(time_of_day, "tzinfo") Value krt_time_of_day_tzinfo(Value self);
KRT_GETTER(time_of_day, "fold") int64_t krt_time_of_day_fold(Value self);
/// string -> time from a string in ISO 8601 format
KRT_CLASSMETHOD(time_of_day, "fromisoformat(cls, text, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_fromisoformat_py(Class *cls, Value text);
/// Return string in ISO 8601 format, [HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].
/// 
/// The optional argument timespec specifies the number of additional terms
/// of the time to include. Valid options are 'auto', 'hours', 'minutes',
/// 'seconds', 'milliseconds' and 'microseconds'.
KRT_METHOD(time_of_day, "isoformat(self, timespec=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_isoformat_py(Value self, Str *timespec);
/// format -> strftime() style string.
KRT_METHOD(time_of_day, "strftime(self, format)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_strftime_py(Value self, Str *format);
/// Formats self with strftime.
KRT_METHOD(time_of_day, "__format__(self, spec, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_format_py(Value self, Str *spec);
/// Return self.tzinfo.utcoffset(self).
KRT_METHOD(time_of_day, "utcoffset(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_utcoffset_py(Value self);
/// Return self.tzinfo.tzname(self).
KRT_METHOD(time_of_day, "tzname(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_tzname_py(Value self);
/// Return self.tzinfo.dst(self).
KRT_METHOD(time_of_day, "dst(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_dst_py(Value self);
/// Return time with new specified fields.
KRT_METHOD(time_of_day, "replace(self, hour=<null>, minute=<null>, second=<null>, microsecond=<null>, tzinfo=<null>, *, fold=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_time_of_day_replace_py(Value self, Value hour, Value minute, Value second, Value microsecond, Value tzinfo, Value fold);
/// __reduce_ex__(proto) -> (cls, state)
KRT_METHOD(time_of_day, "__reduce_ex__(self, protocol, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_time_of_day_reduceEx_py(Value self, int protocol);
/// __reduce__() -> (cls, state)
KRT_METHOD(time_of_day, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE) Value krt_time_of_day_reduce(Value self);
}

} // namespace krait
