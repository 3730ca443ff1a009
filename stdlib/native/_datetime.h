// _datetime.h - the module _datetime: dates, times and differences of them in the Gregorian calendar.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct TimeDelta : Object {
  int32_t days, seconds, microseconds; // the latter two are not negative
};
struct TzInfo : Object {};
struct TimeZone : TzInfo {
  TimeDelta *offset;
  Value name; // or null
};
struct Date : Object {
  int16_t year;
  uint8_t month, day;
};
/// Hour to microsecond, as time and datetime have them.
struct ClockTime {
  uint8_t hour, minute, second, fold;
  int32_t microsecond;
};
struct Time : Object {
  ClockTime clock;
  Value tzinfo; // None for naive objects
};
struct DateTime : Date {
  ClockTime clock;
  Value tzinfo;
};

KRT_MODULE(_datetime, "Fast implementation of the datetime type.");
KRT_CLASS(timedelta, "Difference between two datetime values.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)\n\n"
                     "All arguments are optional and default to 0.\nArguments may be integers or floats, and may be positive or negative.");
KRT_CLASS(tzinfo, "Abstract base class for time zone info objects.");
KRT_CLASS(timezone, "Fixed offset from UTC implementation of tzinfo.");
KRT_CLASS(date, "date(year, month, day) --> date object");
KRT_CLASS(time_of_day, "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object\n\n"
                       "All arguments are optional. tzinfo may be None, or an instance of\na tzinfo subclass. The remaining arguments may be ints.");
KRT_CLASS(datetime, "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\n"
                    "The year, month and day arguments are required. tzinfo may be None, or an\ninstance of a tzinfo subclass. The remaining arguments may be ints.");

extern "C" {
extern Class krt_timedelta_class, krt_tzinfo_class, krt_timezone_class, krt_date_class, krt_time_of_day_class, krt_datetime_class, krt_iso_calendar_class;
KRT_MODULE_INIT(_datetime, KRT_RAISES, KRT_COLLECTS) bool krt__datetime_init(Module *module);

// ---- timedelta ----
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

// ---- tzinfo ----
/// datetime -> string name of time zone.
KRT_METHOD(tzinfo, "tzname(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_tzinfo_tzname(Value self, Value dt);
/// datetime -> timedelta showing offset from UTC, negative values indicating West of UTC
KRT_METHOD(tzinfo, "utcoffset(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_tzinfo_utcoffset(Value self, Value dt);
/// datetime -> DST offset as timedelta positive east of UTC.
KRT_METHOD(tzinfo, "dst(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_tzinfo_dst(Value self, Value dt);
/// datetime in UTC -> datetime in local time.
KRT_METHOD(tzinfo, "fromutc(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_tzinfo_fromutc_py(Value self, Value dt);
/// -> (cls, state)
KRT_METHOD(tzinfo, "__reduce__(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_tzinfo_reduce_py(Value self);

// ---- timezone ----
/// If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'.
KRT_METHOD(timezone, "tzname(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_tzname(Value self, Value dt);
/// Return fixed offset.
KRT_METHOD(timezone, "utcoffset(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_utcoffset(Value self, Value dt);
/// Return None.
KRT_METHOD(timezone, "dst(self, dt, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_dst(Value self, Value dt);
/// datetime in UTC -> datetime in local time.
KRT_METHOD(timezone, "fromutc(self, dt, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_timezone_fromutc_py(Value self, Value dt);
/// pickle support
KRT_METHOD(timezone, "__getinitargs__(self, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_timezone_getinitargs(Value self);

// ---- date ----
KRT_GETTER(date, "year") int64_t krt_date_year(Value self);
KRT_GETTER(date, "month") int64_t krt_date_month(Value self);
KRT_GETTER(date, "day") int64_t krt_date_day(Value self);
/// Create a date from a POSIX timestamp.
KRT_CLASSMETHOD(date, "fromtimestamp(cls, timestamp, /)", KRT_RUNS_PY) Value krt_date_fromtimestamp_py(Class *cls, Value timestamp);
/// Current date or datetime:  same as self.__class__.fromtimestamp(time.time()).
KRT_CLASSMETHOD(date, "today(cls, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_today_py(Class *cls);
/// int -> date corresponding to a proleptic Gregorian ordinal.
KRT_CLASSMETHOD(date, "fromordinal(cls, ordinal, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_fromordinal_py(Class *cls, int ordinal);
/// str -> Construct a date from a string in ISO 8601 format.
KRT_CLASSMETHOD(date, "fromisoformat(cls, text, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_fromisoformat_py(Class *cls, Value text);
/// int, int, int -> Construct a date from the ISO year, week number and weekday.
KRT_CLASSMETHOD(date, "fromisocalendar(cls, year, week, day)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_fromisocalendar_py(Class *cls, Value year, Value week, Value day);
/// Return ctime() style string.
KRT_METHOD(date, "ctime(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_date_ctime(Value self);
/// format -> strftime() style string.
KRT_METHOD(date, "strftime(self, format)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_strftime_py(Value self, Str *format);
/// Formats self with strftime.
KRT_METHOD(date, "__format__(self, spec, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_format_py(Value self, Str *spec);
/// Return string in ISO 8601 format, YYYY-MM-DD.
KRT_METHOD(date, "isoformat(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_date_isoformat(Value self);
/// Return a named tuple containing ISO year, week number, and weekday.
KRT_METHOD(date, "isocalendar(self, /)", KRT_COLLECTS, KRT_NO_SIGNATURE) Value krt_date_isocalendar(Value self);
/// Return the day of the week represented by the date. Monday == 1 ... Sunday == 7
KRT_METHOD(date, "isoweekday(self, /)", KRT_NO_SIGNATURE) int64_t krt_date_isoweekday(Value self);
/// Return the day of the week represented by the date. Monday == 0 ... Sunday == 6
KRT_METHOD(date, "weekday(self, /)", KRT_NO_SIGNATURE) int64_t krt_date_weekday(Value self);
/// Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1.
KRT_METHOD(date, "toordinal(self, /)", KRT_NO_SIGNATURE) int64_t krt_date_toordinal(Value self);
/// Return time tuple, compatible with time.localtime().
KRT_METHOD(date, "timetuple(self, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE) Value krt_date_timetuple_py(Value self);
/// Return date with new specified fields.
KRT_METHOD(date, "replace(self, year=<null>, month=<null>, day=<null>)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt_date_replace_py(Value self, Value year, Value month, Value day);
/// __reduce__() -> (cls, state)
KRT_METHOD(date, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE) Value krt_date_reduce(Value self);

// ---- time ----
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

// ---- datetime ----
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

// ---- IsoCalendarDate ----
KRT_GETTER(iso_calendar, "year") Value krt_iso_calendar_year(Value self);
KRT_GETTER(iso_calendar, "week") Value krt_iso_calendar_week(Value self);
KRT_GETTER(iso_calendar, "weekday") Value krt_iso_calendar_weekday(Value self);
KRT_METHOD(iso_calendar, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE) Value krt_iso_calendar_reduce(Value self);
}

} // namespace krait
