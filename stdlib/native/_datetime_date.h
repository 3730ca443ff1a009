// _datetime_date.h - date, and what its isocalendar() answers with.
#pragma once

#include "stdlib/native/_datetime.h"

namespace krait {

KRT_CLASS(date, "date(year, month, day) --> date object");

extern "C" {
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
// ---- IsoCalendarDate ----
KRT_GETTER(iso_calendar, "year") Value krt_iso_calendar_year(Value self);
KRT_GETTER(iso_calendar, "week") Value krt_iso_calendar_week(Value self);
KRT_GETTER(iso_calendar, "weekday") Value krt_iso_calendar_weekday(Value self);
KRT_METHOD(iso_calendar, "__reduce__(self, /)", KRT_COLLECTS, KRT_RAISES, KRT_NO_SIGNATURE) Value krt_iso_calendar_reduce(Value self);
}

} // namespace krait
