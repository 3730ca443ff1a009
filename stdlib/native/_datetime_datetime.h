// _datetime_datetime.h - datetime.
#pragma once

#include "stdlib/native/_datetime.h"

namespace krait {

KRT_CLASS(datetime, "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n"
                    "The year, month and day arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining arguments may be ints.");

extern "C" {
KRT_GETTER(datetime, "hour") int64_t krt_datetime_hour(Value self);
KRT_GETTER(datetime, "minute") int64_t krt_datetime_minute(Value self);
KRT_GETTER(datetime, "second") int64_t krt_datetime_second(Value self);
KRT_GETTER(datetime, "microsecond") int64_t krt_datetime_microsecond(Value self);
KRT_GETTER(datetime, "tzinfo") Value krt_datetime_tzinfo(Value self);
KRT_GETTER(datetime, "fold") int64_t krt_datetime_fold(Value self);
/// Returns new datetime object representing current time local to tz.
/// 
///   tz
///     Timezone object.
/// 
/// If no tz is specified, uses local timezone.
KRT_CLASSMETHOD(datetime, "now(cls, /, tz=None)", KRT_RUNS_PY) Value krt_datetime_now_py(Class *cls, Value tz);
/// Return a new datetime representing UTC day and time.
KRT_CLASSMETHOD(datetime, "utcnow(cls, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_utcnow_py(Class *cls);
/// timestamp[, tz] -> tz's local time from POSIX timestamp.
KRT_CLASSMETHOD(datetime, "fromtimestamp(cls, timestamp, tz=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_fromtimestamp_py(Class *cls, Value timestamp, Value tz);
/// Construct a naive UTC datetime from a POSIX timestamp.
KRT_CLASSMETHOD(datetime, "utcfromtimestamp(cls, timestamp, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_utcfromtimestamp_py(Class *cls, Value timestamp);
/// string, format -> new datetime parsed from a string (like time.strptime()).
KRT_CLASSMETHOD(datetime, "strptime(cls, text, format, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_strptime_py(Class *cls, Value text, Value format);
/// date, time -> datetime with same date and time fields
KRT_CLASSMETHOD(datetime, "combine(cls, date, time, tzinfo=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_combine_py(Class *cls, Value date, Value time, Value tzinfo);
/// string -> datetime from a string in most ISO 8601 formats
KRT_CLASSMETHOD(datetime, "fromisoformat(cls, text, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_fromisoformat_py(Class *cls, Value text);
/// Return date object with same year, month and day.
KRT_METHOD(datetime, "date(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_datetime_date(Value self);
/// Return time object with same time but with tzinfo=None.
KRT_METHOD(datetime, "time(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_datetime_time(Value self);
/// Return time object with same time and tzinfo.
KRT_METHOD(datetime, "timetz(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_datetime_timetz(Value self);
/// Return ctime() style string.
KRT_METHOD(datetime, "ctime(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_datetime_ctime(Value self);
/// Return time tuple, compatible with time.localtime().
KRT_METHOD(datetime, "timetuple(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_timetuple_py(Value self);
/// Return UTC time tuple, compatible with time.localtime().
KRT_METHOD(datetime, "utctimetuple(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_utctimetuple_py(Value self);
/// Return POSIX timestamp as float.
KRT_METHOD(datetime, "timestamp(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_timestamp_py(Value self);
/// [sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM].
/// sep is used to separate the year from the time, and defaults to 'T'.
/// The optional argument timespec specifies the number of additional terms
/// of the time to include. Valid options are 'auto', 'hours', 'minutes',
/// 'seconds', 'milliseconds' and 'microseconds'.
KRT_METHOD(datetime, "isoformat(self, sep=<null>, timespec=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_isoformat_py(Value self, Value sep, Str *timespec);
/// Return self.tzinfo.utcoffset(self).
KRT_METHOD(datetime, "utcoffset(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_utcoffset_py(Value self);
/// Return self.tzinfo.tzname(self).
KRT_METHOD(datetime, "tzname(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_tzname_py(Value self);
/// Return self.tzinfo.dst(self).
KRT_METHOD(datetime, "dst(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_dst_py(Value self);
/// Return datetime with new specified fields.
KRT_METHOD(datetime, "replace(self, year=<null>, month=<null>, day=<null>, hour=<null>, minute=<null>, second=<null>, microsecond=<null>, tzinfo=<null>, *, fold=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_datetime_replace_py(Value self, Value year, Value month, Value day, Value hour, Value minute, Value second, Value microsecond, Value tzinfo, Value fold);
/// tz -> convert to local time in new timezone tz
KRT_METHOD(datetime, "astimezone(self, tz=None)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_astimezone_py(Value self, Value tz);
/// __reduce_ex__(proto) -> (cls, state)
KRT_METHOD(datetime, "__reduce_ex__(self, protocol, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_datetime_reduceEx_py(Value self, int protocol);
/// __reduce__() -> (cls, state)
KRT_METHOD(datetime, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE) Value krt_datetime_reduce(Value self);
}

} // namespace krait
